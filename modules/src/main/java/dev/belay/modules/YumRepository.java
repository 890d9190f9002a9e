package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.FileText;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One section of a .repo file: a source of packages for dnf and yum. */
record YumRepository(
    String name,
    String path,
    boolean present,
    ImmutableMap<String, String> options,
    Attributes attributes)
    implements Resource<YumRepository.Seen> {
  private static final ImmutableList<String> FLAGS =
      ImmutableList.of(
          "enabled",
          "enablegroups",
          "gpgcheck",
          "keepalive",
          "module_hotfixes",
          "protect",
          "repo_gpgcheck",
          "s3_enabled",
          "skip_if_unavailable",
          "ssl_check_cert_permissions",
          "async");
  private static final ImmutableList<String> TEXTS =
      ImmutableList.of(
          "bandwidth",
          "cost",
          "deltarpm_metadata_percentage",
          "deltarpm_percentage",
          "failovermethod",
          "gpgcakey",
          "http_caching",
          "include",
          "ip_resolve",
          "keepcache",
          "metadata_expire",
          "metadata_expire_filter",
          "metalink",
          "mirrorlist",
          "mirrorlist_expire",
          "password",
          "priority",
          "proxy",
          "proxy_password",
          "proxy_username",
          "retries",
          "throttle",
          "timeout",
          "ui_repoid_vars",
          "username");
  private static final ImmutableSet<String> LINES = ImmutableSet.of("baseurl", "gpgkey");
  private static final ImmutableSet<String> WORDS = ImmutableSet.of("exclude", "includepkgs");

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "yum_repository")
          .summary("Adds and removes sources of packages for dnf and yum.")
          .doc(
              "The section is exactly what the task says; other sections and comments of the file stay as they are, where Ansible writes the file anew. A file without sections is deleted."
                  + " The keys mean what yum.conf(5) and dnf.conf(5) say of them.")
          .parameters(
              Parameter.required("name", Type.TEXT, "The section: the repository's identifier."),
              Parameter.optional(
                  "description", Type.TEXT, "Its name for people; needed for state=present."),
              Parameter.optional("state", Type.TEXT, "Whether it is there.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional(
                  "file", Type.TEXT, "The file's name without .repo; else the repository's."),
              Parameter.optional("reposdir", Type.PATH, "The folder of the file.")
                  .defaultsTo("/etc/yum.repos.d"),
              Parameter.optional(
                  "baseurl",
                  Type.LIST,
                  "Addresses; one of baseurl, metalink and mirrorlist is needed."),
              Parameter.optional("gpgkey", Type.LIST, "Addresses of keys."),
              Parameter.optional("exclude", Type.LIST, "Packages that are not taken from it."),
              Parameter.optional(
                  "includepkgs", Type.LIST, "Packages that alone are taken from it."),
              Parameter.optional("sslverify", Type.FLAG, "Whether the server must prove who it is.")
                  .alias("validate_certs"),
              Parameter.optional("sslcacert", Type.TEXT, "As in yum.conf.").alias("ca_cert"),
              Parameter.optional("sslclientcert", Type.TEXT, "As in yum.conf.")
                  .alias("client_cert"),
              Parameter.optional("sslclientkey", Type.TEXT, "As in yum.conf.").alias("client_key"))
          .parameters(
              FLAGS.stream().map(f -> Parameter.optional(f, Type.FLAG, "As in yum.conf.")).toList())
          .parameters(
              TEXTS.stream().map(t -> Parameter.optional(t, Type.TEXT, "As in yum.conf.")).toList())
          .parameters(FileParameters.ATTRIBUTES)
          .example(
              "- yum_repository:\n    name: openeuler-mirror\n    description: openEuler, from a mirror\n    baseurl: https://repo.openeuler.org/openEuler-24.03-LTS/OS/$basearch/\n    gpgcheck: true\n    gpgkey: https://repo.openeuler.org/openEuler-24.03-LTS/OS/$basearch/RPM-GPG-KEY-openEuler")
          .result("repo", "The section.")
          .result("state", "Whether it is there.")
          .makes(YumRepository::of);

  record Seen(FileText text, PathSeen path, PathSeen folder) {}

  private static YumRepository of(Args args) {
    String name = args.text("name");
    boolean present = args.text("state").equals("present");
    String file = args.textIfGiven("file").orElse(name);
    if (!name.matches("[^\\[\\]\\r\\n]+") || !file.matches("[^/\\r\\n]+")) {
      throw new IllegalArgumentException(
          "'name' and 'file' hold no brackets, slashes or line ends");
    } else if (present && !args.has("description")) {
      throw new IllegalArgumentException("state=present needs 'description'");
    } else if (present
        && !args.has("baseurl")
        && !args.has("metalink")
        && !args.has("mirrorlist")) {
      throw new IllegalArgumentException(
          "state=present needs 'baseurl', 'metalink' or 'mirrorlist'");
    }
    return new YumRepository(
        name,
        Paths.absolute(args.text("reposdir")) + "/" + file + ".repo",
        present,
        options(args),
        args.attributes());
  }

  private static ImmutableMap<String, String> options(Args args) {
    TreeMap<String, String> options = new TreeMap<>();
    args.textIfGiven("description").ifPresent(text -> options.put("name", text));
    FLAGS.forEach(f -> args.flagIfGiven(f).ifPresent(yes -> options.put(f, yes ? "1" : "0")));
    args.flagIfGiven("sslverify").ifPresent(yes -> options.put("sslverify", yes ? "1" : "0"));
    TEXTS.forEach(t -> args.textIfGiven(t).ifPresent(text -> options.put(t, text)));
    List.of("sslcacert", "sslclientcert", "sslclientkey")
        .forEach(t -> args.textIfGiven(t).ifPresent(text -> options.put(t, text)));
    LINES.stream().filter(args::has).forEach(l -> options.put(l, String.join("\n", args.texts(l))));
    WORDS.stream().filter(args::has).forEach(w -> options.put(w, String.join(" ", args.texts(w))));
    options.forEach(
        (key, value) -> {
          if (!LINES.contains(key) && value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("'" + key + "' is one line");
          }
        });
    return ImmutableMap.copyOf(options);
  }

  @Override
  public Probe<Seen> probe() {
    return Probe.text(path)
        .and(PathSeen.at(path), (text, seen) -> new Seen(text, seen, PathSeen.absent()))
        .and(
            PathSeen.behind(Paths.parent(path)),
            (seen, folder) -> new Seen(seen.text, seen.path, folder));
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.text instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable(path + " cannot be read: " + unreadable.why());
    } else if (!seen.folder.is(PathSeen.Kind.DIRECTORY)) {
      return present
          ? Plan.lacking("there is no folder " + Paths.parent(path) + " on this host")
          : Plan.satisfied();
    }
    Optional<String> text = seen.text.ifPresent();
    RepoFile file = RepoFile.of(text.orElse(""));
    RepoFile wanted = present ? file.with(name, options) : file.without(name);
    Plan plan = file.equals(wanted) ? attributes(seen.path) : Plan.of(change(text, wanted));
    return plan.with(risks());
  }

  private Plan attributes(PathSeen seen) {
    List<Sh> commands = seen.isAbsent() ? List.of() : seen.corrections(attributes, path);
    return commands.isEmpty()
        ? Plan.satisfied()
        : Plan.of(Change.run(path, seen.attributes(), seen.with(attributes), Sh.all(commands)));
  }

  private Change change(Optional<String> text, RepoFile wanted) {
    String before = text.orElse(Change.ABSENT);
    return wanted.isEmpty()
        ? Change.run(path, before, Change.ABSENT, Sh.of("rm -f -- {}", path))
        : new Change(
            path,
            before,
            wanted.text(),
            ImmutableList.of(new Step.Put(Content.of(wanted.text()), path, attributes)));
  }

  private List<Remark> risks() {
    return present && "0".equals(options.get("gpgcheck"))
        ? List.of(Remark.risk("with gpgcheck off nobody vouches for the packages of " + name))
        : List.of();
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of("repo", name, "state", present ? "present" : "absent");
  }
}
