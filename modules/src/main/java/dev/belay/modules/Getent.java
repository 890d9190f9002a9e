package dev.belay.modules;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks something up in the host's databases of names, and tells it as facts. */
record Getent(
    String database,
    Optional<String> key,
    Optional<String> service,
    Optional<String> split,
    boolean failsWithoutKey)
    implements Resource<Output> {
  private static final ImmutableSet<String> WITH_COLONS =
      ImmutableSet.of("passwd", "shadow", "group", "gshadow");

  /** A directory that does not answer must not hold up everything else. */
  private static final int SECONDS = 60;

  private static final int NO_KEY = 2;
  private static final int NO_LISTING = 3;
  private static final int LATE = 124;
  private static final int NO_TOOL = 127;

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "getent")
          .summary("Looks up users, groups, hosts and the like where the host does.")
          .doc(
              "The facts are named after the database: 'getent_passwd'. A lookup that takes longer than 60 seconds fails; that needs 'timeout' of the coreutils.")
          .parameters(
              Parameter.required(
                  "database", Type.TEXT, "passwd, group, hosts, services and so on."),
              Parameter.optional("key", Type.TEXT, "What to look up; without it all there is."),
              Parameter.optional("service", Type.TEXT, "The only source to ask, such as files."),
              Parameter.optional(
                  "split",
                  Type.TEXT,
                  "What separates the fields; a colon for users and groups, else blanks."),
              Parameter.optional("fail_key", Type.FLAG, "Whether a key that is not there fails.")
                  .defaultsTo(true))
          .example("- getent:\n    database: passwd\n    key: root")
          .result("ansible_facts", "The fields of each entry, by its first one.")
          .makes(Getent::of);

  private static Getent of(Args args) {
    String database = args.text("database");
    if (args.textIfGiven("split").filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("'split' must not be empty");
    }
    return new Getent(
        database,
        args.textIfGiven("key"),
        args.textIfGiven("service"),
        args.textIfGiven("split")
            .or(() -> WITH_COLONS.contains(database) ? Optional.of(":") : Optional.empty()),
        args.flag("fail_key"));
  }

  @Override
  public Probe<Output> probe() {
    List<String> words = new ArrayList<>();
    service.ifPresent(name -> words.addAll(List.of("-s", name)));
    words.addAll(List.of("--", database));
    key.ifPresent(words::add);
    return Probe.of(
        Sh.of(
            "command -v getent >/dev/null || exit {}; t=; if command -v timeout >/dev/null; then t='timeout {}'; fi; $t getent {}",
            NO_TOOL,
            SECONDS,
            words),
        output -> output);
  }

  @Override
  public Plan plan(Output seen) {
    return switch (seen.status()) {
      case 0 ->
          seen.cut() > 0 ? Plan.impossible("there is too much in " + database) : Plan.satisfied();
      case 1 -> Plan.impossible("Missing arguments, or database unknown.");
      case NO_KEY ->
          failsWithoutKey
              ? Plan.lacking("One or more supplied key could not be found in the database.")
              : Plan.satisfied();
      case NO_LISTING -> Plan.impossible("Enumeration not supported on this database.");
      case LATE -> Plan.impossible("no answer within " + SECONDS + " s");
      case NO_TOOL -> Plan.lacking("there is no getent on this host");
      default -> Plan.impossible("Unexpected failure! " + seen.err().strip());
    };
  }

  @Override
  public ImmutableMap<String, Object> result(Output seen) {
    if (seen.status() == NO_KEY && !failsWithoutKey) {
      return ImmutableMap.of(
          "ansible_facts",
          ImmutableMap.of("getent_" + database, ImmutableMap.of(key.orElse(""), None.NONE)),
          "msg",
          "One or more supplied key could not be found in the database.");
    }
    return seen.succeeded()
        ? ImmutableMap.of(
            "ansible_facts", ImmutableMap.of("getent_" + database, entries(seen.lines())))
        : ImmutableMap.of();
  }

  /** What is there twice under one name is a list of both. */
  private ImmutableMap<String, Object> entries(List<String> lines) {
    Map<String, List<ImmutableList<String>>> all = new LinkedHashMap<>();
    for (String line : lines) {
      ImmutableList<String> fields = fields(line);
      if (!fields.isEmpty()) {
        all.computeIfAbsent(fields.get(0), name -> new ArrayList<>())
            .add(fields.subList(1, fields.size()));
      }
    }
    ImmutableMap.Builder<String, Object> entries = ImmutableMap.builder();
    all.forEach(
        (name, found) ->
            entries.put(name, found.size() == 1 ? found.get(0) : ImmutableList.copyOf(found)));
    return entries.buildOrThrow();
  }

  private ImmutableList<String> fields(String line) {
    return ImmutableList.copyOf(
        split
            .map(separator -> Splitter.on(separator).split(line))
            .orElseGet(() -> Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().split(line)));
  }
}
