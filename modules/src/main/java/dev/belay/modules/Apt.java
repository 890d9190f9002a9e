package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.List;
import java.util.Locale;

/** Packages of Debian and Ubuntu: which kind of wish a task has, and the resource for it. */
final class Apt {
  private static final ImmutableList<Parameter> WHAT =
      ImmutableList.of(
          Parameter.optional(
                  "name",
                  Type.LIST,
                  "Packages: foo, foo=1.2, foo=1.*, foo>=1.2, foo/release, foo:arm64, foo*. With state=latest '*' stands for all that are installed.")
              .alias("package", "pkg"),
          Parameter.optional("state", Type.TEXT, "What they are to be.")
              .oneOf("present", "absent", "latest", "build-dep", "fixed")
              .defaultsTo("present"),
          Parameter.optional(
              "deb",
              Type.TEXT,
              "A package file instead of names: a path on the host, or an http(s) address that the host fetches."),
          Parameter.optional(
                  "upgrade",
                  Type.TEXT,
                  "Upgrades all packages: 'yes' and 'safe' remove nothing, 'full' and 'dist' may.")
              .oneOf("no", "yes", "safe", "full", "dist")
              .defaultsTo("no"),
          flag("autoremove", "Whether packages that nothing needs any more are removed."),
          flag("autoclean", "Whether fetched package files that are out of date are deleted."),
          flag("clean", "Whether all fetched package files are deleted."));

  private static final ImmutableList<Parameter> INDEX =
      ImmutableList.of(
          Parameter.optional(
                  "update_cache", Type.FLAG, "Whether the package index is renewed first.")
              .alias("update-cache"),
          Parameter.optional(
                  "cache_valid_time",
                  Type.INTEGER,
                  "Seconds for which the index counts as fresh; more than 0 implies update_cache.")
              .defaultsTo(0L),
          Parameter.optional(
                  "update_cache_retries", Type.INTEGER, "Tries until a refresh counts as failed.")
              .defaultsTo(5L),
          Parameter.optional(
                  "update_cache_retry_max_delay",
                  Type.INTEGER,
                  "The longest pause between two tries, in seconds.")
              .defaultsTo(12L),
          Parameter.optional(
                  "lock_timeout",
                  Type.INTEGER,
                  "Seconds to wait for another package manager; then its process is named.")
              .defaultsTo(60L));

  private static final ImmutableList<Parameter> HOW =
      ImmutableList.of(
          Parameter.optional(
                  "install_recommends",
                  Type.FLAG,
                  "Whether recommended packages come along; else as the host does.")
              .alias("install-recommends"),
          Parameter.optional("default_release", Type.TEXT, "The release to take packages from.")
              .alias("default-release"),
          Parameter.optional("dpkg_options", Type.LIST, "Options for dpkg, without their dashes.")
              .defaultsTo(ImmutableList.of("force-confdef", "force-confold")),
          Parameter.optional(
              "policy_rc_d",
              Type.INTEGER,
              "What /usr/sbin/policy-rc.d answers meanwhile: 101 keeps services from being started."),
          flag("purge", "Whether removal takes configuration files too."),
          flag("only_upgrade", "Whether packages that are not installed are left so."),
          flag("fail_on_autoremove", "Whether it fails where apt would remove something."),
          flag("allow_downgrade", "Whether an older version may replace a newer one.")
              .alias("allow-downgrade", "allow_downgrades", "allow-downgrades"),
          flag("allow_change_held_packages", "Whether packages on hold may change."),
          flag("allow_unauthenticated", "Whether packages count that nobody vouches for: a risk.")
              .alias("allow-unauthenticated"),
          flag("force", "Allows all that apt refuses: a risk, and told as one."),
          flag("force_apt_get", "Has no effect: apt-get is what is always used."));

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "apt")
          .summary("Installs, upgrades and removes packages of Debian and Ubuntu.")
          .doc(
              "A package counts as installed where an installed one provides its name. Nothing can ask a question: debconf is silent, changed configuration files stay, needrestart only lists."
                  + " An interrupted dpkg is named with what mends it, and never mended in passing."
                  + "\n\nThe index is renewed where something is to be installed and it is older than 'cache_valid_time', or where there is none at all; Ansible renews it although everything is there."
                  + " Whether state=latest or 'upgrade' has something to do is known after the refresh only: with an index that is out of date a check says that it would look, so give 'cache_valid_time'."
                  + " A refresh that leaves a part of the index out counts as failed."
                  + "\n\nFor state=latest, patterns in names, 'upgrade', 'autoremove', build-dep and fixed the question lets apt reckon, in one to three seconds; it writes nothing."
                  + " What an installation brings along is not reckoned in advance."
                  + "\n\n'clean' changes something only where there are package files. A package from an address counts as there where the last part of the address is name_version_architecture.deb and that version is installed; else it is fetched to be compared."
                  + " aptitude is never used. A version pattern such as foo=1.* counts as there where the installed version fits, although a newer one fits too. Packages are not marked as installed by hand.")
          .parameters(WHAT)
          .parameters(INDEX)
          .parameters(HOW)
          .example(
              "- apt:\n    name: [libjemalloc2, numactl]\n    state: present\n    update_cache: true\n    cache_valid_time: 3600")
          .example(
              "- apt:\n    name: [wget, gcc, g++, libnuma-dev, git, vim]\n    update_cache: true\n    cache_valid_time: 3600")
          .example("- apt:\n    update_cache: true\n    cache_valid_time: 86400")
          .example(
              "- apt:\n    name: apport\n    state: absent\n    purge: true\n    autoremove: true")
          .example("- apt:\n    deb: /srv/packages/tool_1.0_all.deb")
          .result("cache_updated", "Whether the index was renewed.")
          .result(
              "cache_update_time", "When it was last renewed, in seconds since 1970; 0 if never.")
          .result("stdout", "What apt said, where it did something.")
          .result("stderr", "Its warnings and errors.")
          .makes(Apt::of);

  private Apt() {}

  private static Parameter flag(String name, String doc) {
    return Parameter.optional(name, Type.FLAG, doc).defaultsTo(false);
  }

  private static Resource<?> of(Args args) {
    AptCommand apt = AptCommand.of(args);
    AptIndex index = AptIndex.of(args);
    List<String> names =
        args.texts("name").stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    String state = args.text("state");
    String upgrade = args.text("upgrade");
    checkOneOf(args, upgrade);
    if (args.has("deb")) {
      return deb(args, apt, state);
    } else if (!upgrade.equals("no")) {
      return upgrade(upgrade, apt, index);
    } else if (state.equals("latest") && names.contains("*")) {
      checkAlone(names);
      return upgrade("yes", apt, index);
    }
    return packages(args, apt, index, names.stream().filter(name -> !name.equals("*")).toList());
  }

  private static void checkOneOf(Args args, String upgrade) {
    long kinds =
        List.of(args.has("name"), args.has("deb"), !upgrade.equals("no")).stream()
            .filter(given -> given)
            .count();
    if (kinds > 1) {
      throw new IllegalArgumentException("give one of 'name', 'deb' and 'upgrade'");
    }
  }

  private static void checkAlone(List<String> names) {
    if (names.size() > 1) {
      throw new IllegalArgumentException("with state=latest '*' stands for all: name nothing else");
    }
  }

  private static Resource<?> deb(Args args, AptCommand apt, String state) {
    if (!state.equals("present")) {
      throw new IllegalArgumentException("'deb' goes with state=present only");
    }
    String deb = args.text("deb");
    if (deb.matches("https?://[^\\s'\"\\\\]+")) {
      return new AptDebAddress(deb, apt);
    } else if (deb.contains("://")) {
      throw new IllegalArgumentException(
          "'deb' is a path or an http(s) address, not '" + deb + "'");
    }
    return new AptDeb(Paths.onHost(deb), args.flag("allow_downgrade") || args.flag("force"), apt);
  }

  private static Resource<?> upgrade(String how, AptCommand apt, AptIndex index) {
    boolean mayRemove = how.equals("full") || how.equals("dist");
    return new AptReckoned(
        mayRemove ? "dist-upgrade" : "upgrade",
        mayRemove ? ImmutableList.of() : ImmutableList.of("--with-new-pkgs"),
        ImmutableList.of(),
        apt,
        index);
  }

  private static Resource<?> packages(
      Args args, AptCommand apt, AptIndex index, List<String> names) {
    String state = args.text("state");
    ImmutableList<String> operands =
        names.stream()
            .map(name -> AptName.of(name).operandOfApt())
            .collect(ImmutableList.toImmutableList());
    if (state.equals("build-dep")) {
      return new AptReckoned("build-dep", ImmutableList.of(), operands, apt, index);
    } else if (state.equals("fixed")) {
      return new AptReckoned("install", ImmutableList.of("--fix-broken"), operands, apt, index);
    } else if (names.isEmpty()) {
      return housekeeping(args, apt, index);
    } else if (args.flag("autoclean")) {
      throw new IllegalArgumentException(
          "'autoclean' is a task of its own: it goes with no 'name'");
    }
    return new AptPackages(
        names.stream().map(AptName::of).collect(ImmutableList.toImmutableList()),
        AptPackages.State.valueOf(state.toUpperCase(Locale.ROOT)),
        args.flag("purge"),
        args.flag("only_upgrade"),
        args.flag("clean"),
        apt,
        index);
  }

  private static Resource<?> housekeeping(Args args, AptCommand apt, AptIndex index) {
    if (args.flag("clean")) {
      return new AptClean();
    } else if (index.wanted()) {
      return new AptRefresh(apt, index);
    } else if (args.flag("autoclean")) {
      return new AptReckoned("autoclean", ImmutableList.of(), ImmutableList.of(), apt, index);
    } else if (args.flag("autoremove")) {
      return new AptReckoned("autoremove", ImmutableList.of(), ImmutableList.of(), apt, index);
    } else if (args.has("name")) {
      return new AptPackages(
          ImmutableList.of(), AptPackages.State.PRESENT, false, false, false, apt, index);
    }
    throw new IllegalArgumentException(
        "'apt' needs one of 'name', 'deb', 'upgrade', 'update_cache', 'autoremove', 'autoclean' and 'clean'");
  }
}
