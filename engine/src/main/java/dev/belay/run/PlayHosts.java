package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.Inventory;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.LateMap;
import dev.belay.template.Template;
import dev.belay.template.UndefinedException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a task on one host may see of all others: {@code hostvars}, and which hosts are still in the
 * play. Both hang on what other hosts have done, so {@link HostScope} gives them only to a task
 * that has waited its turn.
 */
final class PlayHosts {
  /** A variable of one host that needs one of another, which needs …: so many are a circle. */
  private static final int HOP_LIMIT = 16;

  private static final String HOSTVARS = "hostvars";
  private static final ImmutableSet<String> GROUPS = ImmutableSet.of("groups", "group_names");
  private static final String FACTS = "ansible_facts";

  /** Is there without any inventory, and is not listed. */
  private static final ImmutableSet<String> HERE = Inventory.LOCAL;

  private static final String PLAY_HOSTS = "ansible_play_hosts";
  private static final ImmutableSet<String> BATCH =
      ImmutableSet.of("ansible_play_batch", "play_hosts");

  private final Supplier<ImmutableSet<String>> all;
  private final boolean changing;
  private final boolean isThere;
  private final Supplier<ImmutableList<String>> active;
  private final ImmutableSet<String> batch;
  private final Function<String, Variables> variables;
  private final Lookups lookups;
  private final ShardRules shard;
  private final Map<String, Variables> known;
  private final Unfinished unfinished;

  /** What becomes of a variable whose template needs one that its host has not. */
  private enum Unfinished {
    /** It is rendered for the host that looks at it. */
    RENDERED_HERE,
    /** It is the text that the user wrote. */
    AS_WRITTEN
  }

  /**
   * The hosts of a play.
   *
   * @param all hosts of the inventory
   * @param changing whether tasks may add hosts or groups, so that these hang on other hosts too
   * @param active those that are in the play and neither failed nor unreachable
   * @param batch those of the play that are taken together
   * @param variables of a host
   * @param shard what may be known where other processes have other hosts
   */
  PlayHosts(
      Supplier<ImmutableSet<String>> all,
      boolean changing,
      Supplier<ImmutableList<String>> active,
      ImmutableSet<String> batch,
      Function<String, Variables> variables,
      Lookups lookups,
      ShardRules shard) {
    this.all = all;
    this.changing = changing;
    isThere = !all.get().isEmpty();
    this.active = active;
    this.batch = batch;
    this.variables = variables;
    this.lookups = lookups;
    this.shard = shard;
    known = new ConcurrentHashMap<>();
    unfinished = Unfinished.RENDERED_HERE;
  }

  private PlayHosts(PlayHosts hosts, Unfinished unfinished) {
    all = hosts.all;
    changing = hosts.changing;
    isThere = hosts.isThere;
    active = hosts.active;
    batch = hosts.batch;
    variables = hosts.variables;
    lookups = hosts.lookups;
    shard = hosts.shard;
    known = hosts.known;
    this.unfinished = unfinished;
  }

  /**
   * The same for the turns of a loop over what a lookup found. In Ansible nothing that is made with
   * such an item is rendered again.
   */
  PlayHosts forFoundItems() {
    return new PlayHosts(this, Unfinished.AS_WRITTEN);
  }

  /** Nobody can be seen: before a play, or outside of its tasks. */
  static PlayHosts none() {
    return new PlayHosts(
        ImmutableSet::of,
        false,
        ImmutableList::of,
        ImmutableSet.of(),
        host -> {
          throw new IllegalStateException(host);
        },
        Lookups.none(),
        new ShardRules(Optional.empty()));
  }

  /** Whether a name's value is to be had of {@link #value}; another's is a variable. */
  boolean gives(String name) {
    return isThere && (name.equals(HOSTVARS) || name.equals(PLAY_HOSTS) || BATCH.contains(name));
  }

  /** Whether a name's value hangs on other hosts. */
  boolean decide(String name) {
    return gives(name) || changing && GROUPS.contains(name);
  }

  /** The value of a name that they {@link #decide}; {@code hops} hosts were looked through. */
  Object value(String name, int hops) {
    if (name.equals(HOSTVARS)) {
      return new AllHosts(hops);
    }
    shard.refuseName(name);
    return name.equals(PLAY_HOSTS)
        ? active.get()
        : active.get().stream().filter(batch::contains).collect(ImmutableList.toImmutableList());
  }

  /** The variables of any host, also one that the inventory does not have. */
  Variables variables(String host) {
    return known.computeIfAbsent(host, variables);
  }

  private final class AllHosts extends LateMap {
    private final int hops;

    AllHosts(int hops) {
      this.hops = hops;
    }

    @Override
    protected Set<String> names() {
      return all.get();
    }

    @Override
    protected Optional<Object> find(String host) {
      return all.get().contains(host) || HERE.contains(host)
          ? Optional.of(new OneHost(host, variables(host).withoutPlay(), hops + 1))
          : Optional.empty();
    }
  }

  /** Its own variables: those of the play and its roles are not a host's. */
  private final class OneHost extends LateMap {
    private final String name;
    private final Variables of;
    private final int hops;

    OneHost(String name, Variables of, int hops) {
      this.name = name;
      this.of = of;
      this.hops = hops;
    }

    @Override
    protected Set<String> names() {
      return of.names();
    }

    @Override
    protected Optional<Object> find(String variable) {
      if (hops > HOP_LIMIT) {
        throw new EvaluationException(
            Position.of(HOSTVARS), "'" + variable + "' is defined by itself, through other hosts");
      }
      HostScope scope = HostScope.of(of).seeing(PlayHosts.this, hops, lookups);
      Optional<Object> raw = of.find(variable, scope);
      if (raw.isEmpty() || variable.equals(FACTS)) {
        shard.refuseFact(name, variable);
      }
      return raw.map(value -> rendered(value, scope));
    }

    private Object rendered(Object raw, HostScope scope) {
      try {
        return Template.resolve(raw, scope);
      } catch (UndefinedException e) {
        return unfinished == Unfinished.RENDERED_HERE ? raw : Template.asWritten(raw);
      }
    }
  }
}
