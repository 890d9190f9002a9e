package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All that is known of one host by name, in Ansible's order of precedence. The parts that tasks add
 * to are filled by the host's own thread.
 *
 * <p>What a host said, facts and results, never decides how it is connected to: {@link
 * #forConnecting} leaves it out.
 */
final class Variables {
  private static final String FACT_PREFIX = "ansible_";

  private final ImmutableMap<String, Object> extra;
  private final ImmutableMap<String, Object> magic;
  private final ImmutableMap<String, Object> play;
  private final ImmutableMap<String, Object> inventory;
  private final ImmutableMap<String, Object> defaults;
  private final Memory memory;
  private ImmutableMap<String, Object> exposed = ImmutableMap.of();
  private ImmutableMap<String, Object> exposedDefaults = ImmutableMap.of();

  /** What a host keeps from one play to the next. */
  static final class Memory {
    // Filled by the host's own thread, and read by those of other hosts through hostvars.
    private final Map<String, Object> facts = new ConcurrentHashMap<>();
    private boolean foretold;
    private final Map<String, Object> set = new ConcurrentHashMap<>();

    /** Facts as {@code setup} names them. */
    void addFacts(Map<?, ?> more) {
      more.forEach((name, value) -> facts.put(name.toString(), value));
    }

    /** A check found something that a run would change. */
    void foretell() {
      foretold = true;
    }

    boolean hasForetold() {
      return foretold;
    }

    void clearFacts() {
      facts.clear();
    }

    /** A registered result or the value of {@code set_fact}. */
    void set(String name, Object value) {
      set.put(name, value);
    }
  }

  Variables(
      ImmutableMap<String, Object> extra,
      ImmutableMap<String, Object> magic,
      ImmutableMap<String, Object> play,
      ImmutableMap<String, Object> inventory,
      ImmutableMap<String, Object> defaults,
      Memory memory) {
    this.extra = extra;
    this.magic = magic;
    this.play = play;
    this.inventory = inventory;
    this.defaults = defaults;
    this.memory = memory;
  }

  Memory memory() {
    return memory;
  }

  /**
   * The value as it stands, templates not rendered. {@code task} is what the task and its loop add.
   */
  Optional<Object> find(String name, ImmutableMap<String, Object> task) {
    return first(name, magic, extra)
        .or(() -> Optional.ofNullable(memory.set.get(name)))
        .or(() -> first(name, task, exposed, play))
        .or(() -> fact(name))
        .or(() -> first(name, inventory));
  }

  /** A role that was included lets the rest of the play have its variables. */
  void expose(ImmutableMap<String, Object> vars, ImmutableMap<String, Object> roleDefaults) {
    exposed = joined(exposed, vars);
    exposedDefaults = joined(exposedDefaults, roleDefaults);
  }

  private static ImmutableMap<String, Object> joined(
      ImmutableMap<String, Object> one, ImmutableMap<String, Object> more) {
    return ImmutableMap.<String, Object>builder().putAll(one).putAll(more).buildKeepingLast();
  }

  /** All names that have a value, whatever tasks add. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(magic.keySet());
    names.addAll(extra.keySet());
    names.addAll(play.keySet());
    names.addAll(inventory.keySet());
    names.addAll(defaults.keySet());
    names.addAll(memory.set.keySet());
    names.addAll(memory.facts.keySet());
    names.add("ansible_facts");
    return names;
  }

  /**
   * What roles say where nobody else says anything; {@code own} are those of the role that the task
   * is in.
   */
  Optional<Object> byDefault(String name, ImmutableMap<String, Object> own) {
    return first(name, own, exposedDefaults, defaults);
  }

  /** The value where it cannot come from a task or the host. */
  Optional<Object> forConnecting(String name) {
    return forConnecting(name, ImmutableMap.of());
  }

  /** The same for a task that defines more. */
  Optional<Object> forConnecting(String name, ImmutableMap<String, Object> task) {
    return first(name, magic, extra, task, play, inventory, defaults);
  }

  /** Whether a name stands for something that no task can change. */
  boolean isFixed(String name, ImmutableMap<String, Object> task) {
    return extra.containsKey(name)
        || magic.containsKey(name)
        || task.containsKey(name) && !memory.set.containsKey(name);
  }

  @SafeVarargs
  private static Optional<Object> first(String name, ImmutableMap<String, Object>... layers) {
    for (ImmutableMap<String, Object> layer : layers) {
      Object value = layer.get(name);
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private Optional<Object> fact(String name) {
    if (name.equals("ansible_facts")) {
      return Optional.of(withoutPrefix());
    }
    return Optional.ofNullable(memory.facts.get(name));
  }

  private ImmutableMap<String, Object> withoutPrefix() {
    ImmutableMap.Builder<String, Object> facts = ImmutableMap.builder();
    memory.facts.forEach(
        (name, value) ->
            facts.put(
                name.startsWith(FACT_PREFIX) ? name.substring(FACT_PREFIX.length()) : name, value));
    return facts.buildKeepingLast();
  }
}
