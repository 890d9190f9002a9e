package dev.belay.run;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.Host;
import dev.belay.inventory.HostPattern;
import dev.belay.inventory.Inventory;
import dev.belay.playbook.AddHost;
import dev.belay.playbook.InclusionReader;
import dev.belay.playbook.Meta;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Play;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.Statement;
import dev.belay.playbook.Task;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problem;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides, before anything is contacted, which hosts and tasks each play has, and finds mistakes
 * that show then.
 */
final class RunPlanner {
  private static final String UNDEFINED = "define it in the play's vars or with -e";

  private final LiveInventory inventory;
  private final ModuleCatalog modules;
  private final RunOptions options;
  private final Consumer<Problem> warnings;
  private final Problems problems;
  private final Set<String> tagsSeen = new LinkedHashSet<>();
  private final InclusionReader inclusions;
  private final List<Problem> unmatched = new ArrayList<>();
  private final ShardRules shard;
  private final PlaceRules places;
  private boolean startFound;
  private boolean bringsMore;
  private boolean changesInventory;

  RunPlanner(
      LiveInventory inventory,
      ModuleCatalog modules,
      RunOptions options,
      Consumer<Problem> warnings) {
    this.warnings = warnings;
    problems = Problems.warning(warnings);
    this.inventory = inventory;
    this.modules = modules;
    this.options = options;
    inclusions = new InclusionReader(options.sources(modules), warnings);
    shard = ShardRules.of(options);
    places = new PlaceRules(options, problems);
    startFound = options.startAtTask().isEmpty();
  }

  ImmutableList<PlannedPlay> plan(ImmutableList<Playbook> playbooks) {
    ImmutableList.Builder<PlannedPlay> plays = ImmutableList.builder();
    for (Playbook playbook : playbooks) {
      playbook.plays().forEach(play -> plays.add(plan(playbook, play)));
    }
    refuseUnknownTags();
    if (!startFound) {
      problems.add(
          Position.of("--start-at-task"),
          "there is no task '" + options.startAtTask().orElseThrow() + "'");
    }
    problems.throwIfAny();
    return plays.build();
  }

  private void refuseUnknownTags() {
    Set<String> known = new LinkedHashSet<>(tagsSeen);
    known.addAll(List.of("all", "always", "never", "tagged", "untagged"));
    for (String tag : options.tags()) {
      if (!bringsMore && !known.contains(tag)) {
        problems.add(
            Position.of("--tags"),
            "no task has the tag '" + tag + "'",
            Nearest.hint(tag, known, "'belay list tags' shows them"));
      }
    }
  }

  private PlannedPlay plan(Playbook playbook, Play play) {
    PlayLayers layers = new PlayVars(play, options, problems).read();
    HostScope scope = scope(play, layers.early());
    ImmutableList<String> patterns = patterns(play, scope);
    PlayRules rules = rules(play, scope);
    String name =
        play.name().map(raw -> TaskNames.shown(raw, scope)).orElse(String.join(",", patterns));
    Supplier<PlayView> view = inventory.following(now -> view(play, name, patterns, rules, now));
    ImmutableList<Agenda.Entry> entries = entries(play, scope);
    view.get().inventory().check(view.get().hosts(), problems);
    places.check(play, rules, patterns);
    places.check(play, layers, view.get());
    tellUnmatched(view.get(), play);
    new NotifiedHandlers(play, problems).refuseUnknown();
    return new PlannedPlay(
        playbook.file(),
        play,
        name,
        patterns,
        rules,
        view,
        inclusions,
        entries,
        (host, memory) ->
            new Variables(
                options.extraVariables(),
                layers,
                inventory.following(now -> view.get().of(host)),
                memory));
  }

  private PlayView view(
      Play play, String name, ImmutableList<String> patterns, PlayRules rules, Inventory now) {
    List<Problem> missing = new ArrayList<>();
    ImmutableList<String> whole = rules.ordered(hosts(patterns, play, now, missing::add));
    ImmutableList<String> hosts = inShard(whole);
    Inventory merged = now.withVarsFrom(play.folder());
    return new PlayView(
        merged,
        ImmutableSet.copyOf(names(now.hosts())),
        whole,
        hosts,
        ImmutableList.copyOf(missing),
        new MagicVariables(merged, play, name, whole, options));
  }

  private ImmutableList<String> inShard(ImmutableList<String> hosts) {
    return hosts.stream().filter(shard::has).collect(ImmutableList.toImmutableList());
  }

  /** A task of an earlier play may add what a later one is for. */
  private void tellUnmatched(PlayView view, Play play) {
    if (!changesInventory) {
      unmatched.addAll(view.unmatched());
      view.unmatched().forEach(name -> problems.warn(name.at(), name.what(), name.remedy()));
    }
    changesInventory |= play.sections().stream().flatMap(Tasks::in).anyMatch(this::mayAdd);
  }

  private boolean mayAdd(Task task) {
    return task.inclusion().isPresent()
        || task.module().equals(AddHost.SPEC)
        || task.module().equals(AddHost.GROUP_BY)
        || task.module().equals(Meta.SPEC)
            && task.arguments().values().containsValue("refresh_inventory");
  }

  /** Whether tasks may add hosts or groups. */
  boolean changesInventory() {
    return changesInventory;
  }

  private PlayRules rules(Play play, HostScope scope) {
    try {
      return PlayRules.of(play.rollout().by(options.control().strategy()), scope)
          .forcing(options.control().forcesHandlers());
    } catch (EvaluationException e) {
      problems.add(e.at(), e.getMessage(), "define it in the play's vars or with -e");
    } catch (IllegalArgumentException e) {
      problems.add(play.at(), "this play cannot be run so: " + e.getMessage());
    }
    return PlayRules.usual();
  }

  private HostScope scope(Play play, ImmutableMap<String, Object> vars) {
    Variables variables =
        new Variables(
            options.extraVariables(),
            ImmutableMap.of(),
            PlayLayers.of(vars),
            ImmutableMap.of(),
            new Variables.Memory());
    return HostScope.of(variables).lookingIn(Lookups.of(options.environment(), play.folder()));
  }

  /** One for each member of a list. */
  private ImmutableList<String> patterns(Play play, HostScope scope) {
    try {
      Object value = Template.resolve(play.hosts(), scope);
      return value instanceof List<?> list
          ? list.stream().map(PythonText::str).collect(ImmutableList.toImmutableList())
          : ImmutableList.of(PythonText.str(value));
    } catch (EvaluationException e) {
      problems.add(e.at(), e.getMessage(), UNDEFINED);
      return ImmutableList.of("");
    }
  }

  private ImmutableList<String> hosts(
      ImmutableList<String> patterns, Play play, Inventory now, Consumer<Problem> unknown) {
    try {
      Problems missing = new Problems();
      ImmutableList<Host> hosts = HostPattern.parse(patterns, play.at()).select(now, missing);
      missing.sorted().forEach(unknown);
      if (options.limit().isEmpty()) {
        return names(hosts);
      }
      Position at = Position.of("--limit");
      ImmutableSet<String> limited =
          ImmutableSet.copyOf(names(HostPattern.limit(options.limit().get(), at).select(now)));
      return names(hosts).stream()
          .filter(limited::contains)
          .collect(ImmutableList.toImmutableList());
    } catch (ProblemsException e) {
      problems.addAll(e);
      return ImmutableList.of();
    }
  }

  /** Names of hosts and groups that plays give and the inventory has not. */
  ImmutableList<Problem> unmatched() {
    return ImmutableList.copyOf(unmatched);
  }

  private static ImmutableList<String> names(ImmutableList<Host> hosts) {
    return hosts.stream().map(Host::name).collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<Agenda.Entry> entries(Play play, HostScope scope) {
    Agenda.Counter counter = new Agenda.Counter();
    ImmutableList<Agenda.Entry> gathering =
        Agenda.entries(
            new Gathering(modules, options.control()).of(play, scope).stream().toList(),
            TaskHeader.Kind.TASK,
            counter);
    ImmutableList.Builder<Agenda.Entry> entries = ImmutableList.builder();
    for (ImmutableList<Statement> section : play.sections()) {
      ImmutableList<Agenda.Entry> tasks = chosen(section, TaskHeader.Kind.TASK, counter);
      entries.addAll(tasks);
      if (!tasks.isEmpty()) {
        entries.add(new Agenda.Flush(counter.next()));
      }
    }
    // Wherever a play is to begin, it has its facts.
    return ImmutableList.<Agenda.Entry>builder()
        .addAll(chosen(gathering))
        .addAll(entries.build())
        .build();
  }

  private ImmutableList<Agenda.Entry> chosen(
      List<? extends Statement> statements, TaskHeader.Kind kind, Agenda.Counter counter) {
    return chosen(Agenda.entries(statements, kind, counter));
  }

  private ImmutableList<Agenda.Entry> chosen(ImmutableList<Agenda.Entry> entries) {
    return TaskChoice.of(entries, this::isChosen);
  }

  private boolean isChosen(Task task) {
    tagsSeen.addAll(task.keywords().tags());
    bringsMore |= task.inclusion().isPresent();
    startFound |= options.startAtTask().filter(start -> fits(start, task.title())).isPresent();
    return startFound
        && new TagSelection(options.tags(), options.skipTags()).selects(task.keywords().tags());
  }

  /** Whether a name is the one that is meant, or fits it as a pattern with stars. */
  private static boolean fits(String start, String title) {
    String pattern =
        Splitter.on('*').splitToStream(start).map(Pattern::quote).collect(Collectors.joining(".*"));
    return title.equals(start) || title.matches("(?s)" + pattern);
  }
}
