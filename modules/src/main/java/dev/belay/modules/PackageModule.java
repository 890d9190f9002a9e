package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.Convert;
import dev.belay.module.Done;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Question;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;

/**
 * Packages by whichever package manager the host has. Both are asked in one probe, each only where
 * it is the host's own.
 */
record PackageModule(
    Optional<Resource<AptSeen>> apt,
    Optional<Resource<Dnf.Seen>> dnf,
    boolean auto,
    String what,
    boolean ofApt)
    implements Resource<PackageModule.Seen> {
  private static final ImmutableSet<String> FAMILIES = ImmutableSet.of("debian", "redhat");

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "package")
          .summary("Installs and removes packages with apt or dnf, whichever the host has.")
          .doc(
              "A host with apt-get is asked and changed with apt, another with dnf or yum. Names differ between families: 'names' gives each its own, so that one task does for all hosts; a family that it leaves out needs nothing."
                  + " Other arguments of apt and dnf belong in tasks of those modules; other package managers are not supported.")
          .parameters(
              Parameter.optional("name", Type.LIST, "Packages, under the same names everywhere.")
                  .alias("pkg"),
              Parameter.optional(
                  "names",
                  Type.DICT,
                  "Instead of 'name': packages of each family, as debian: [libjemalloc2] and redhat: [jemalloc]."),
              Parameter.optional("state", Type.TEXT, "What they are to be.")
                  .oneOf("present", "installed", "absent", "removed", "latest")
                  .defaultsTo("present"),
              Parameter.optional("use", Type.TEXT, "The package manager.")
                  .oneOf("auto", "apt", "dnf", "yum")
                  .defaultsTo("auto"),
              Parameter.optional(
                  "cache_valid_time",
                  Type.INTEGER,
                  "Seconds for which apt's index counts as fresh; a host without apt cannot take it."),
              Parameter.optional("update_cache", Type.FLAG, "Whether the index is renewed first.")
                  .alias("update-cache")
                  .defaultsTo(false),
              Parameter.optional(
                      "lock_timeout", Type.INTEGER, "Seconds to wait for another package manager.")
                  .defaultsTo(60L))
          .example("- package:\n    name: [wget, git]\n    state: present")
          .example(
              "- package:\n    names:\n      debian: [libjemalloc2, libgoogle-perftools4]\n      redhat: [jemalloc, gperftools-libs]")
          .result("stdout", "What apt or dnf said, where it did something.")
          .result("stderr", "Its warnings and errors.")
          .makes(PackageModule::of);

  /** What the host's own package manager says; empty where it is another. */
  record Seen(AptSeen apt, Dnf.Seen dnf) {}

  private static PackageModule of(Args args) {
    if (args.has("name") == args.has("names")) {
      throw new IllegalArgumentException("give one of 'name' and 'names'");
    }
    String use = args.text("use");
    return new PackageModule(
        use.equals("dnf") || use.equals("yum")
            ? Optional.empty()
            : chosen(Apt.SPEC, names(args, "debian"), args).map(resource -> (AptPackages) resource),
        use.equals("apt")
            ? Optional.empty()
            : chosen(Dnf.SPEC, names(args, "redhat"), args).map(resource -> (Dnf) resource),
        use.equals("auto"),
        use,
        args.has("cache_valid_time"));
  }

  private static ImmutableList<String> names(Args args, String family) {
    ImmutableMap<String, Object> names = args.dict("names");
    for (String other : names.keySet()) {
      if (!FAMILIES.contains(other)) {
        throw new IllegalArgumentException("'names' takes debian and redhat, not '" + other + "'");
      }
    }
    Object own = names.getOrDefault(family, List.of());
    List<?> list = own instanceof List<?> many ? many : List.of(own);
    return args.has("name")
        ? args.texts("name")
        : list.stream().map(Convert::text).collect(ImmutableList.toImmutableList());
  }

  /** The module's resource for these names; empty where there are none. */
  private static Optional<Resource<?>> chosen(ModuleSpec spec, List<String> names, Args args) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String state = args.text("state").replace("installed", "present").replace("removed", "absent");
    ImmutableMap.Builder<String, Object> given =
        ImmutableMap.<String, Object>builder()
            .put("name", names)
            .put("state", state)
            .put("update_cache", args.flag("update_cache"))
            .put("lock_timeout", args.integer("lock_timeout"));
    if (spec == Apt.SPEC && args.has("cache_valid_time")) {
      given.put("cache_valid_time", args.integer("cache_valid_time"));
    }
    return Optional.of(spec.resource().apply(Args.of(spec, given.buildOrThrow())));
  }

  @Override
  public Probe<Seen> probe() {
    Probe<AptSeen> debian = guarded(apt, "command -v apt-get >/dev/null || exit 3", AptSeen::of);
    Probe<Dnf.Seen> redhat =
        guarded(
            dnf,
            auto
                ? "! command -v apt-get >/dev/null || exit 3; command -v dnf >/dev/null || command -v yum >/dev/null || exit 3"
                : "command -v dnf >/dev/null || command -v yum >/dev/null || exit 3",
            Dnf::read);
    return debian.and(redhat, Seen::new);
  }

  /** The resource's question where the host is of its kind; only whether it is, without one. */
  private static <S> Probe<S> guarded(
      Optional<Resource<S>> resource, String guard, java.util.function.Function<Output, S> reader) {
    Sh kind = Sh.of(guard);
    if (resource.isEmpty()) {
      return Probe.of(kind, reader);
    }
    Probe<S> probe = resource.get().probe();
    return new Probe<>(
        probe.questions().stream()
            .map(question -> (Question) new Question.Ask(Sh.of("{}\n{}", kind, question.sh())))
            .collect(ImmutableList.toImmutableList()),
        probe.reader());
  }

  @Override
  public Plan plan(Seen seen) {
    boolean debian = seen.apt.hasApt() && !what.equals("dnf") && !what.equals("yum");
    if (!debian && !(seen.dnf.hasDnf() && !what.equals("apt"))) {
      return Plan.impossible(
          auto
              ? "there is neither apt nor dnf on this host"
              : "there is no " + what + " on this host");
    }
    if (!debian && ofApt && dnf.isPresent()) {
      return Plan.impossible("dnf knows no 'cache_valid_time'; give this host 'omit' for it");
    }
    return debian
        ? apt.map(resource -> resource.plan(seen.apt)).orElse(Plan.satisfied())
        : dnf.map(resource -> resource.plan(seen.dnf)).orElse(Plan.satisfied());
  }

  @Override
  public Done done(Output output) {
    return AptCommand.done(output);
  }
}
