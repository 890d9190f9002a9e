package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Done;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a host takes its packages from.
 *
 * @param wish what is to be said, and in which file
 * @param replaces which sources it stands in for: {@code distribution}, or addresses
 */
record AptRepository(
    AptSourceWish wish,
    boolean present,
    ImmutableList<String> replaces,
    boolean fitsOnly,
    boolean renews,
    Optional<String> mode,
    AptCommand apt)
    implements Resource<AptSourcesSeen> {

  private static final ImmutableList<Parameter> OURS =
      ImmutableList.of(
          Parameter.optional("uris", Type.LIST, "Instead of 'repo': addresses of the archive.")
              .alias("uri"),
          Parameter.optional("suites", Type.LIST, "With 'uris': as jammy, jammy-updates.")
              .alias("suite"),
          Parameter.optional("components", Type.LIST, "With 'uris': as main, universe."),
          Parameter.optional("types", Type.LIST, "With 'uris': deb, deb-src.")
              .oneOf("deb", "deb-src")
              .defaultsTo(ImmutableList.of("deb")),
          Parameter.optional(
              "signed_by", Type.TEXT, "With 'uris': the keyring on the host, or fingerprints."),
          Parameter.optional(
              "architectures", Type.LIST, "With 'uris': those alone; else the host's."),
          Parameter.optional(
                  "format",
                  Type.TEXT,
                  "How the file is written. 'auto': deb822 where the host's own list is; the default with 'uris'. With 'repo' the default is one-line.")
              .oneOf("auto", "one-line", "deb822"),
          Parameter.optional(
              "replace",
              Type.LIST,
              "Sources that this stands in for, taken out of force where they are: 'distribution' for those of the distribution's own lists, or addresses."),
          Parameter.optional(
                  "check_host",
                  Type.FLAG,
                  "Whether suites of another release, and archives without this architecture, are refused.")
              .defaultsTo(true));

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "apt_repository")
          .summary("Adds, replaces and removes sources of packages for apt.")
          .doc(
              "With 'repo' it does what Ansible does: one line, in a .list file that may hold more. With 'uris', 'suites' and 'components' the file is its own as a whole, in the format of the host."
                  + " A source that is in force already, in whichever file and format, counts as present."
                  + "\n\nA mirror belongs in the place of the distribution's list, not beside it: 'replace: distribution' comments its lines out and sets 'Enabled: no' in its stanzas."
                  + " Suites and addresses of Ubuntu's and Debian's archives are compared with the host: those of another release, /ubuntu on other machines than amd64 and /ubuntu-ports on amd64 are refused, unless 'check_host' is false."
                  + "\n\nAfter a change 'apt-get update' must succeed, in all of its parts; else all files come back as they were, and the task fails with what apt said."
                  + "\n\n'ppa:' names, and with them 'codename', need an account's key from the network and are refused: write the line and bring the key with get_url. 'validate_certs: false' is refused, for it has no meaning without ppa. 'install_python_apt' has no effect, for no Python is needed.")
          .parameters(
              Parameter.optional(
                  "repo", Type.TEXT, "A line, as 'deb https://host/debian bookworm main'."),
              Parameter.optional("state", Type.TEXT, "Whether the source is in force.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional(
                  "filename",
                  Type.TEXT,
                  "The file's name in /etc/apt/sources.list.d, without its ending; else made of the address."),
              Parameter.optional("mode", Type.MODE, "The file's permissions, where it is new."),
              Parameter.optional(
                      "update_cache", Type.FLAG, "Whether the index is renewed after a change.")
                  .alias("update-cache")
                  .defaultsTo(true),
              Parameter.optional("update_cache_retries", Type.INTEGER, "Tries of it.")
                  .defaultsTo(5L),
              Parameter.optional(
                      "update_cache_retry_max_delay",
                      Type.INTEGER,
                      "The longest pause between them, in seconds.")
                  .defaultsTo(12L),
              Parameter.optional("lock_timeout", Type.INTEGER, "Seconds to wait for another apt.")
                  .defaultsTo(60L),
              Parameter.optional("validate_certs", Type.FLAG, "Must be true.").defaultsTo(true),
              Parameter.optional("install_python_apt", Type.FLAG, "Has no effect.")
                  .defaultsTo(true))
          .parameters(OURS)
          .example(
              "- apt_repository:\n    repo: deb https://download.docker.com/linux/debian bookworm stable\n    filename: docker\n    update_cache: false")
          .example(
              "- name: A mirror in the place of the distribution's own archive\n  apt_repository:\n    uris: [https://mirrors.tuna.tsinghua.edu.cn/ubuntu-ports]\n    suites: [jammy, jammy-updates, jammy-backports, jammy-security]\n    components: [main, restricted, universe, multiverse]\n    signed_by: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n    filename: mirror\n    replace: [distribution]")
          .result("repo", "The line, or the lines.")
          .result("state", "Whether it is in force.")
          .result("cache_updated", "Whether the index was renewed.")
          .makes(AptRepository::of);

  private static AptRepository of(Args args) {
    if (args.has("repo") == args.has("uris")) {
      throw new IllegalArgumentException("give one of 'repo' and 'uris'");
    } else if (!args.flag("validate_certs")) {
      throw new IllegalArgumentException(
          "'validate_certs: false' has no effect on apt; set Acquire::https::Verify-Peer in /etc/apt/apt.conf.d");
    }
    return new AptRepository(
        args.has("repo") ? AptSourceWish.line(args) : AptSourceWish.file(args),
        args.text("state").equals("present"),
        args.texts("replace").stream()
            .map(AptSource::trimmed)
            .collect(ImmutableList.toImmutableList()),
        args.flag("check_host"),
        args.flag("update_cache"),
        args.textIfGiven("mode"),
        AptCommand.updating(
            args.integer("lock_timeout"),
            args.integer("update_cache_retries"),
            args.integer("update_cache_retry_max_delay")));
  }

  @Override
  public Probe<AptSourcesSeen> probe() {
    return Probe.of(AptSourcesSeen.question(), AptSourcesSeen::of);
  }

  @Override
  public Plan plan(AptSourcesSeen seen) {
    if (!seen.hasApt()) {
      return Plan.impossible("there is no apt on this host");
    } else if (seen.unreadable().isPresent()) {
      return Plan.unverifiable(seen.unreadable().get() + " cannot be read");
    }
    Optional<String> misfit =
        wish.sources().stream().flatMap(source -> seen.misfit(source).stream()).findFirst();
    if (present && fitsOnly && misfit.isPresent()) {
      return Plan.impossible(misfit.get() + "; check_host: false allows it");
    }
    Map<String, String> texts = new TreeMap<>();
    Optional<String> obstacle = present ? wish.add(seen, texts) : wish.remove(seen, texts);
    if (obstacle.isPresent()) {
      return Plan.impossible(obstacle.get());
    }
    if (present) {
      replace(seen, texts);
    }
    AptSourcesChange change =
        new AptSourcesChange(seen, mode, renews ? Optional.of(apt) : Optional.empty());
    return Plan.of(change.to(texts)).with(remarks(seen, misfit));
  }

  private void replace(AptSourcesSeen seen, Map<String, String> texts) {
    for (AptSourcesFile file : seen.files().values()) {
      AptSourcesFile now =
          AptSourcesFile.of(file.path(), texts.getOrDefault(file.path(), file.text()));
      String text = now.disabled(source -> isReplaced(source, file.path()));
      if (!text.equals(now.text())) {
        texts.put(file.path(), text);
      }
    }
  }

  private boolean isReplaced(AptSource source, String path) {
    boolean own =
        replaces.contains("distribution")
            && AptSourcesSeen.OWN.contains(path)
            && source.looksLikeDistribution();
    return (own || replaces.contains(source.uri()))
        && !source.isSaidBy(wish.sources())
        && !wish.sources().contains(source);
  }

  private List<Remark> remarks(AptSourcesSeen seen, Optional<String> misfit) {
    List<Remark> remarks = new ArrayList<>();
    if (!present) {
      return remarks;
    }
    misfit.ifPresent(why -> remarks.add(Remark.risk(why)));
    if (wish.sources().stream().anyMatch(AptSource::isTrusted)) {
      remarks.add(
          Remark.risk(
              "trusted=yes lets anybody between the host and the archive replace its packages"));
    }
    boolean security =
        wish.sources().stream().anyMatch(AptSource::isSecurity)
            || seen.files().values().stream().anyMatch(this::keepsSecurity);
    if (replaces.contains("distribution") && !security) {
      remarks.add(Remark.risk("no suite of security updates is left"));
    }
    return remarks;
  }

  private boolean keepsSecurity(AptSourcesFile file) {
    return file.sources().stream()
        .anyMatch(source -> source.isSecurity() && !isReplaced(source, file.path()));
  }

  @Override
  public ImmutableMap<String, Object> result(AptSourcesSeen seen) {
    return ImmutableMap.of(
        "repo",
        String.join("\n", wish.sources().stream().map(AptSource::line).toList()),
        "state",
        present ? "present" : "absent");
  }

  @Override
  public Done done(Output output) {
    return new Done(
        ImmutableMap.of("cache_updated", AptCommand.isRenewed(output)),
        AptCommand.warnings(output));
  }
}
