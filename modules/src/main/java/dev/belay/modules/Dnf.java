package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.Done;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Packages of openEuler, Kylin and the others that have rpm and dnf. */
record Dnf(
    ImmutableList<RpmName> names,
    State state,
    boolean autoremoves,
    boolean onlyUpdates,
    DnfCommand dnf)
    implements Resource<Dnf.Seen> {

  enum State {
    PRESENT,
    ABSENT,
    LATEST
  }

  private static final ImmutableList<Parameter> PARAMETERS =
      ImmutableList.of(
          Parameter.optional(
                  "name",
                  Type.LIST,
                  "Packages: foo, foo-1.2, foo.aarch64, foo*, 'foo >= 1.2', a path that a package brings, an .rpm file on the host, an address, @group. With state=latest '*' stands for all.")
              .alias("pkg"),
          Parameter.optional(
                  "state",
                  Type.TEXT,
                  "What they are to be; present, or absent where 'autoremove' is true.")
              .oneOf("present", "installed", "absent", "removed", "latest"),
          flag("autoremove", "Whether packages that nothing needs any more are removed.", false),
          flag(
              "update_only", "With state=latest: whether what is not installed is left so.", false),
          flag("security", "With state=latest: only updates that mend security.", false),
          flag("bugfix", "With state=latest: only updates that mend faults.", false),
          list("enablerepo", "Repositories to enable for this task."),
          list("disablerepo", "Repositories to disable for this task."),
          list("exclude", "Packages that are left out."),
          Parameter.optional(
              "disable_excludes",
              Type.TEXT,
              "Whose excludes do not count: all, main, or a repository."),
          list("enable_plugin", "Plugins to enable for this task."),
          list("disable_plugin", "Plugins to disable for this task."),
          Parameter.optional("releasever", Type.TEXT, "The release to take packages from."),
          Parameter.optional("conf_file", Type.TEXT, "Another file of settings on the host."),
          flag("update_cache", "Whether the lists are fetched anew where something is done.", false)
              .alias("expire-cache"),
          flag("cacheonly", "Whether nothing is fetched.", false),
          flag(
              "allow_downgrade",
              "Has no effect: a version that is named is installed, be it older.",
              false),
          flag("allowerasing", "Whether packages in the way may be removed.", false),
          flag("nobest", "Whether others than the best candidates will do.", false),
          flag("skip_broken", "Whether what cannot be had is passed over.", false),
          flag("install_weak_deps", "Whether recommended packages come along.", true),
          flag("install_repoquery", "Has no effect.", true),
          flag(
              "disable_gpg_check",
              "Whether packages count that nobody vouches for: a risk.",
              false),
          flag("sslverify", "Whether servers must prove who they are.", true),
          flag("validate_certs", "The same.", true),
          Parameter.optional("lock_timeout", Type.INTEGER, "Seconds to wait for another dnf.")
              .defaultsTo(30L));

  static final ModuleSpec SPEC = spec("dnf", "- dnf:\n    name: [jemalloc, gperftools-libs]");
  static final ModuleSpec YUM = spec("yum", "- yum:\n    name: numactl\n    state: present");

  /** What rpm says: for each name the packages that it stands for, as name and version. */
  record Seen(
      boolean hasDnf, ImmutableList<ImmutableList<String>> found, ImmutableList<Integer> lost) {}

  private static ModuleSpec spec(String name, String example) {
    return ModuleSpec.named("ansible.builtin", name)
        .summary(
            "Installs, updates and removes packages of openEuler, Kylin and other hosts with rpm.")
        .doc(
            "What is installed is asked of rpm, and dnf runs only where something differs; yum takes its place where there is no dnf."
                + " A name counts as present where an installed package provides it; it is removed only under its own name."
                + "\n\nWhether there is something newer (state=latest), what is in a group, and what nothing needs any more only dnf can tell, from lists that it fetches: then a check says that it would look, and a run is 'changed' where rpm's list differs afterwards."
                + "\n\n'list', 'download_only', 'download_dir' and 'installroot' are no states of the host and are not supported.")
        .parameters(PARAMETERS)
        .example(example)
        .result("stdout", "What dnf said, where it did something.")
        .result("stderr", "Its warnings and errors.")
        .result("rc", "Its exit status.")
        .makes(Dnf::of);
  }

  private static Parameter flag(String name, String doc, boolean value) {
    return Parameter.optional(name, Type.FLAG, doc).defaultsTo(value);
  }

  private static Parameter list(String name, String doc) {
    return Parameter.optional(name, Type.LIST, doc);
  }

  private static Dnf of(Args args) {
    boolean autoremove = args.flag("autoremove");
    State state =
        switch (args.textIfGiven("state").orElse(autoremove ? "absent" : "present")) {
          case "absent", "removed" -> State.ABSENT;
          case "latest" -> State.LATEST;
          default -> State.PRESENT;
        };
    List<String> names =
        args.texts("name").stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    if (names.isEmpty() && !autoremove && !args.has("name")) {
      throw new IllegalArgumentException("'dnf' needs 'name' or 'autoremove'");
    } else if (autoremove && state != State.ABSENT) {
      throw new IllegalArgumentException("'autoremove' goes with state=absent");
    } else if (names.contains("*") && (state != State.LATEST || names.size() > 1)) {
      throw new IllegalArgumentException("'*' stands for all, alone and with state=latest");
    } else if (state != State.LATEST && (args.flag("security") || args.flag("bugfix"))) {
      throw new IllegalArgumentException("'security' and 'bugfix' go with state=latest");
    }
    return new Dnf(
        names.stream().map(RpmName::of).collect(ImmutableList.toImmutableList()),
        state,
        autoremove,
        args.flag("update_only"),
        DnfCommand.of(args));
  }

  @Override
  public Probe<Seen> probe() {
    List<Sh> lines = new ArrayList<>();
    lines.add(Sh.of("command -v dnf >/dev/null || command -v yum >/dev/null || exit 3"));
    for (RpmName name : names) {
      lines.add(Sh.of("echo 'N|'; {}", name.question(state != State.ABSENT)));
    }
    lines.add(Sh.of(":"));
    return Probe.of(Sh.lines(lines), Dnf::read);
  }

  static Seen read(Output output) {
    List<List<String>> found = new ArrayList<>();
    ImmutableList.Builder<Integer> lost = ImmutableList.builder();
    for (String line : output.lines()) {
      List<String> parts = Splitter.on('|').splitToList(line);
      switch (parts.get(0)) {
        case "N" -> found.add(new ArrayList<>());
        case "X" -> lost.add(found.size() - 1);
        case "P" ->
            found
                .get(found.size() - 1)
                .add(parts.get(1) + " " + parts.get(2).replaceFirst("^0:", ""));
        default -> {}
      }
    }
    return new Seen(
        output.status() != 3,
        found.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList()),
        lost.build());
  }

  @Override
  public Plan plan(Seen seen) {
    if (!seen.hasDnf) {
      return Plan.impossible("there is no dnf and no yum on this host");
    } else if (!seen.lost.isEmpty() && state != State.ABSENT) {
      return Plan.lacking("there is no file " + names.get(seen.lost.get(0)));
    }
    List<Integer> todo = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!isSatisfied(names.get(i), seen.found.get(i))) {
        todo.add(i);
      }
    }
    if (state == State.LATEST
        || autoremoves
        || todo.stream().anyMatch(i -> isGuess(names.get(i)))) {
      return Plan.act(looked(seen), DnfCommand::acted).with(dnf.risks());
    }
    Plan plan = todo.isEmpty() ? Plan.satisfied() : Plan.of(change(todo, seen));
    return plan.with(dnf.risks());
  }

  private static boolean isGuess(RpmName name) {
    return name.kind() == RpmName.Kind.GROUP || name.kind() == RpmName.Kind.ADDRESS;
  }

  private boolean isSatisfied(RpmName name, List<String> found) {
    boolean there =
        found.stream().anyMatch(each -> name.allows(each.substring(each.indexOf(' ') + 1)));
    return state == State.ABSENT ? !there && name.kind() != RpmName.Kind.GROUP : there;
  }

  private Change change(List<Integer> todo, Seen seen) {
    List<String> words = todo.stream().map(i -> names.get(i).word()).toList();
    String verb = state == State.ABSENT ? "remove" : "install";
    String after = state == State.ABSENT ? "absent" : "installed";
    return Change.run(
        "packages",
        todo.stream().map(i -> before(i, seen)).collect(Collectors.joining(", ")),
        words.stream().map(word -> word + " " + after).collect(Collectors.joining(", ")),
        dnf.deed(List.of(dnf.call(verb, words))));
  }

  private String before(int i, Seen seen) {
    return seen.found.get(i).isEmpty()
        ? names.get(i) + " absent"
        : String.join(", ", seen.found.get(i));
  }

  /** A deed of which only dnf knows whether there is something to do. */
  private Change looked(Seen seen) {
    List<String> words = names.stream().map(RpmName::word).toList();
    List<Sh> calls = new ArrayList<>();
    if (state == State.LATEST) {
      latest(words, seen, calls);
    } else if (!words.isEmpty()) {
      calls.add(dnf.call(state == State.ABSENT ? "remove" : "install", words));
    }
    if (autoremoves) {
      calls.add(dnf.call("autoremove", List.of()));
    }
    String before =
        IntStream.range(0, names.size())
            .mapToObj(i -> before(i, seen))
            .collect(Collectors.joining(", "));
    String aim = state == State.LATEST ? "newest" : state == State.ABSENT ? "absent" : "installed";
    return Change.run(
        "packages", before.isEmpty() ? "what nothing needs" : before, aim, dnf.compared(calls));
  }

  private void latest(List<String> words, Seen seen, List<Sh> calls) {
    if (words.contains("*")) {
      calls.add(dnf.call("upgrade", List.of()));
      return;
    }
    List<String> absent = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (seen.found.get(i).isEmpty()) {
        absent.add(words.get(i));
      }
    }
    List<String> there = new ArrayList<>(words);
    there.removeAll(absent);
    if (!absent.isEmpty() && !onlyUpdates) {
      calls.add(dnf.call("install", absent));
    }
    if (!there.isEmpty() || calls.isEmpty()) {
      calls.add(there.isEmpty() ? Sh.of(":") : dnf.call("upgrade", there));
    }
  }

  @Override
  public Done done(Output output) {
    return new Done(DnfCommand.values(output), ImmutableList.of());
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of();
  }
}
