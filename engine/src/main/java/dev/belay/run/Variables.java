package dev.belay.run;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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
  private final PlayLayers layers;
  private final Supplier<OfInventory> inventory;
  private final Memory memory;
  private ImmutableMap<String, Object> exposed = ImmutableMap.of();
  private ImmutableMap<String, Object> exposedDefaults = ImmutableMap.of();

  /** What a host keeps from one play to the next. */
  static final class Memory {
    // Filled by the host's own thread, and read by those of other hosts through hostvars.
    private final Map<String, Object> facts = new ConcurrentHashMap<>();
    private boolean foretold;
    private boolean gathered;
    private final Map<String, Object> set = new ConcurrentHashMap<>();
    private final Map<String, Object> included = new ConcurrentHashMap<>();
    private final Set<String> given = Collections.synchronizedSet(new LinkedHashSet<>());

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
      gathered = false;
    }

    /** A play has gathered facts by itself. */
    void gather() {
      gathered = true;
    }

    boolean isGathered() {
      return gathered;
    }

    boolean hasFacts() {
      return !facts.isEmpty();
    }

    /** What {@code include_vars} has read. */
    void include(Map<?, ?> more) {
      more.forEach((name, value) -> included.put(name.toString(), value));
      more.forEach((name, value) -> given.add(name.toString()));
    }

    /** A registered result or the value of {@code set_fact}. */
    void set(String name, Object value) {
      set.put(name, value);
      given.add(name);
    }

    /** In the order in which tasks gave them. */
    private List<String> namesGiven() {
      synchronized (given) {
        return List.copyOf(given);
      }
    }
  }

  /**
   * What the inventory says of the host, by its words and by where it puts it.
   *
   * @param magic names that are there by themselves
   */
  record OfInventory(ImmutableMap<String, Object> magic, ImmutableMap<String, Object> variables) {}

  /** With an inventory that does not change. */
  Variables(
      ImmutableMap<String, Object> extra,
      ImmutableMap<String, Object> magic,
      PlayLayers layers,
      ImmutableMap<String, Object> inventory,
      Memory memory) {
    this(extra, layers, Suppliers.ofInstance(new OfInventory(magic, inventory)), memory);
  }

  Variables(
      ImmutableMap<String, Object> extra,
      PlayLayers layers,
      Supplier<OfInventory> inventory,
      Memory memory) {
    this.extra = extra;
    this.layers = layers;
    this.inventory = inventory;
    this.memory = memory;
  }

  Memory memory() {
    return memory;
  }

  private ImmutableMap<String, Object> magic() {
    return inventory.get().magic();
  }

  PlayLayers layers() {
    return layers;
  }

  /** The same without files whose names hang on variables. */
  Variables withoutVarsFiles() {
    Variables without = new Variables(extra, layers.withoutFiles(), inventory, memory);
    without.expose(exposed, exposedDefaults);
    return without;
  }

  /** The same without what the play and its roles say. */
  Variables withoutPlay() {
    return new Variables(extra, PlayLayers.of(ImmutableMap.of()), inventory, memory);
  }

  /** The value as the task sees it that {@code scope} is for, templates not rendered. */
  Optional<Object> find(String name, HostScope scope) {
    return first(name, magic())
        .or(() -> first(name, extra, scope.params()))
        .or(() -> Optional.ofNullable(memory.set.get(name)))
        .or(() -> Optional.ofNullable(memory.included.get(name)))
        .or(() -> first(name, scope.task(), exposed, layers.roles()))
        .or(() -> layers.files().isEmpty() ? Optional.empty() : first(name, VarsFiles.late(scope)))
        .or(() -> first(name, layers.vars()))
        .or(() -> fact(name))
        .or(() -> first(name, inventory.get().variables()));
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

  /** All names that have a value, whatever tasks add; those of the highest rank come last. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(layers.defaults().keySet());
    names.addAll(inventory.get().variables().keySet());
    names.addAll(new TreeSet<>(memory.facts.keySet()));
    names.add("ansible_facts");
    names.addAll(layers.early().keySet());
    names.addAll(memory.namesGiven());
    names.addAll(extra.keySet());
    names.addAll(magic().keySet());
    return names;
  }

  /**
   * What roles say where nobody else says anything; {@code own} are those of the role that the task
   * is in.
   */
  Optional<Object> byDefault(String name, ImmutableMap<String, Object> own) {
    return first(name, own, exposedDefaults, layers.defaults());
  }

  /** The value where it cannot come from a task or the host. */
  Optional<Object> forConnecting(String name) {
    return forConnecting(name, ImmutableMap.of());
  }

  /** The same for a task that defines more. */
  Optional<Object> forConnecting(String name, ImmutableMap<String, Object> task) {
    return first(
        name, magic(), extra, task, layers.early(), inventory.get().variables(), layers.defaults());
  }

  /** Whether a name stands for something that no task before this one can change. */
  boolean isFixed(String name, HostScope scope) {
    return extra.containsKey(name) || magic().containsKey(name) || scope.params().containsKey(name);
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
