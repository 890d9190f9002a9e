package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file that the host fetches by itself. */
record GetUrl(
    WebAddress address,
    WebSettings settings,
    String dest,
    Place place,
    Optional<Checksum> sum,
    Need need,
    Optional<String> folder,
    Attributes attributes,
    Backup backup)
    implements Resource<GetUrl.Seen> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "get_url")
          .summary("Downloads a file to the host.")
          .doc(
              "The host fetches it with curl, or GNU wget, or for plain requests busybox's wget: under a temporary name, compared with the checksum, then renamed. Whatever fails before that leaves what was there. Only http and https are followed, ten redirects at most."
                  + " A request that fails for a passing reason (no connection, cut off, 408, 429, 500, 502, 503, 504) is made again after 1, 2, 4… seconds. Users, passwords and headers are never on a command line nor in a report."
                  + "\n\nOther than Ansible: a file that is there is taken for right without asking the server, where neither 'checksum' nor 'force' is given (Ansible asks whether a newer one is there). A wrong checksum leaves the old file (Ansible deletes it). In a folder the file gets the URL's name, never one that the server chooses. An answer without a body (204) is a failure, as any that is not 200."
                  + " Headers and the user are not told to the server of a checksum's URL where it is another. 'use_gssapi', 'unsafe_writes', 'attributes' and the SELinux parameters are not supported and refused.")
          .parameters(
              Parameter.required(
                  "url",
                  Type.TEXT,
                  "Where from: http or https. A user and password in it are kept out of reports."),
              Parameter.required(
                  "dest",
                  Type.PATH,
                  "The file; or a folder that is there, to put it in under the URL's last name. Ended with '/' it is always the folder."),
              Parameter.optional(
                  "checksum",
                  Type.TEXT,
                  "algorithm:digits, as sha256:9f86…, or algorithm:URL of a list as sha256sum writes it. md5, sha1, sha224, sha256, sha384 and sha512."),
              Parameter.optional(
                      "force",
                      Type.FLAG,
                      "Whether it is fetched although it is there; it is replaced, and the task changed, only where the bytes differ.")
                  .defaultsTo(false),
              Parameter.optional(
                      "backup", Type.FLAG, "Whether a file that is replaced is kept beside.")
                  .defaultsTo(false),
              Parameter.optional(
                  "tmp_dest",
                  Type.PATH,
                  "The folder for the file while it comes; without it, the folder of 'dest'."),
              Parameter.optional(
                      "timeout",
                      Type.INTEGER,
                      "Seconds in which the server must answer. Standing still for as long, or for 30 seconds where that is more, ends an attempt too.")
                  .defaultsTo(10L),
              Parameter.optional(
                      "attempts",
                      Type.INTEGER,
                      "Belay's own. How often it is tried, 1 to 20, where the reason for a failure may pass.")
                  .defaultsTo(3L))
          .parameters(WebSettings.PARAMETERS)
          .parameters(FileParameters.ATTRIBUTES)
          .example(
              "- get_url:\n    url: https://repo.oepkgs.net/ascend/pytorch/vllm/lib/libomp.so\n    dest: /usr/local/lib/libomp.so\n    checksum: sha256:0f4f2a33a1cbf3cf1c2ee5f1bbb2f1b6c3f06a4c2f1d9c54d46e2c0b5f8d0e11\n    mode: '0644'")
          .example(
              "- get_url:\n    url: https://mirror.example/py311.tar.gz\n    dest: /opt/archives/\n    checksum: sha256:https://mirror.example/SHA256SUMS\n    deadline: 900")
          .result("dest", "The file.")
          .result("url", "As the task names it.")
          .result("msg", "How the server answered, as 'OK (6 bytes)'.")
          .result("status_code", "HTTP's.")
          .result("response", "The server's words, where it refused.")
          .result("elapsed", "Seconds.")
          .result("checksum_src", "SHA-1 of what came; null where nothing was asked for.")
          .result("checksum_dest", "SHA-1 of what was there before.")
          .result("md5sum", "MD5 of what is there now.")
          .result("backup_file", "The replaced file, where 'backup' keeps it.")
          .result("size", "In bytes.")
          .result("mode", "Its permissions; and owner, group, uid, gid, state.")
          .makes(GetUrl::of);

  /** What 'dest' names. */
  enum Place {
    FOLDER,
    /** A file, or a folder where one is there. */
    EITHER
  }

  /** When it is fetched. */
  enum Need {
    ALWAYS,
    WHERE_ABSENT
  }

  /** What becomes of a file that is replaced. */
  enum Backup {
    KEPT,
    NONE
  }

  /**
   * What is there.
   *
   * @param inside whether {@code dest} is a folder, and the rest is told of the file in it
   * @param sum of the file, where digits are wanted
   */
  record Seen(boolean inside, PathSeen path, String sum) {}

  private static GetUrl of(Args args) {
    WebAddress address = WebAddress.of("url", args.text("url"));
    long attempts = args.integer("attempts");
    if (attempts < 1 || attempts > 20) {
      throw new IllegalArgumentException("'attempts' must be 1 to 20");
    }
    String dest = args.text("dest");
    if (dest.endsWith("/") && address.name().isEmpty()) {
      throw new IllegalArgumentException("the URL has no name for a file; name the file in 'dest'");
    }
    return new GetUrl(
        address,
        WebSettings.of(args, address, attempts),
        Paths.onHost(dest),
        dest.endsWith("/") ? Place.FOLDER : Place.EITHER,
        args.textIfGiven("checksum").filter(s -> !s.isEmpty()).map(Checksum::of),
        args.flag("force") ? Need.ALWAYS : Need.WHERE_ABSENT,
        args.textIfGiven("tmp_dest").map(Paths::onHost),
        args.attributes(),
        args.flag("backup") ? Backup.KEPT : Backup.NONE);
  }

  /** The file, where {@code dest} is a folder. */
  private String within() {
    return (dest.equals("/") ? "" : dest) + "/" + address.name();
  }

  private String path(Seen seen) {
    return seen.inside ? within() : dest;
  }

  @Override
  public Probe<Seen> probe() {
    Probe<Boolean> folder =
        place == Place.FOLDER
            ? Probe.nothing(true)
            : Probe.of(Sh.of("[ -d {} ]", dest), Output::succeeded);
    Probe<PathSeen> file = PathSeen.behind(place == Place.FOLDER ? within() : dest);
    Probe<PathSeen> other =
        place == Place.FOLDER || address.name().isEmpty()
            ? Probe.nothing(PathSeen.absent())
            : PathSeen.behind(within());
    Probe<String> digits = sum.flatMap(Checksum::digits).isPresent() ? digits() : Probe.nothing("");
    return folder
        .and(file, (inside, path) -> new Seen(inside, path, ""))
        .and(other, this::chosen)
        .and(digits, (seen, s) -> new Seen(seen.inside, seen.path, s));
  }

  private Seen chosen(Seen seen, PathSeen inFolder) {
    return seen.inside && place == Place.EITHER ? new Seen(true, inFolder, "") : seen;
  }

  private Probe<String> digits() {
    return Probe.of(
        Sh.of(
            "p={}; if [ -d {} ]; then p={}; fi; if [ -f \"$p\" ]; then {} < \"$p\"; fi",
            place == Place.FOLDER ? within() : dest,
            dest,
            within(),
            sum.orElseThrow().program()),
        output -> output.out().replaceFirst("\\s.*", "").strip());
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.path.is(PathSeen.Kind.DIRECTORY)) {
      return Plan.impossible(path(seen) + " is a directory; the file cannot take its place");
    } else if (seen.path.is(PathSeen.Kind.UNREADABLE)) {
      return Plan.unverifiable(path(seen) + " cannot be looked at: " + seen.path.target());
    } else if (seen.inside && address.name().isEmpty()) {
      return Plan.impossible(dest + " is a directory and the URL has no name for a file in it");
    }
    return (isRight(seen) ? attributed(seen) : fetched(seen)).with(remarks(seen));
  }

  private boolean isRight(Seen seen) {
    if (sum.isPresent()) {
      Optional<String> digits = sum.get().digits();
      return need == Need.WHERE_ABSENT && digits.isPresent() && seen.sum.equals(digits.get());
    }
    return need == Need.WHERE_ABSENT && !seen.inside && !seen.path.isAbsent();
  }

  private Plan attributed(Seen seen) {
    List<Sh> commands = seen.path.corrections(attributes, path(seen));
    return commands.isEmpty()
        ? Plan.satisfied()
        : Plan.of(
            Change.run(
                path(seen), seen.path.attributes(), seen.path.with(attributes), Sh.all(commands)));
  }

  private Plan fetched(Seen seen) {
    String before =
        seen.path.isAbsent()
            ? Change.ABSENT
            : seen.sum.isEmpty() ? "file of " + seen.path.size() + " bytes" : seen.sum;
    String after = sum.flatMap(Checksum::digits).orElse("from " + address);
    Sh script =
        new GetUrlDeed(path(seen), address, settings, sum, folder, attributes, backup).script();
    return Plan.act(
        Change.run(path(seen), before, after, script), output -> acted(output, path(seen)));
  }

  private Acted acted(Output output, String path) {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.put("dest", path).put("url", address.text());
    if (output.out().lines().noneMatch(line -> line.startsWith("#"))) {
      return new Acted(values.buildOrThrow(), Optional.of(output.err().strip()));
    }
    ImmutableMap<String, Object> told = ScriptValues.of(output.out());
    WebAnswer answer = WebAnswer.of(output.out());
    told.forEach(
        (name, value) -> {
          if (!name.equals("changed")) {
            values.put(name, nameOrNumber(name, value, told));
          }
        });
    if (answer.code() != -1 || !answer.tool().equals("none")) {
      values.put("status_code", (long) answer.code());
    }
    if (!output.succeeded()) {
      values.put("msg", "Request failed").put("response", answer.message());
      return new Acted(values.buildKeepingLast(), Optional.of(failure(output, answer)));
    }
    values.put("msg", answer.message()).put("state", "file");
    if (!told.containsKey("checksum_dest")) {
      values.put("checksum_dest", None.NONE);
    }
    return new Acted(
        values.buildKeepingLast(),
        Optional.empty(),
        "1".equals(told.get("changed")) ? Acted.Effect.CHANGED : Acted.Effect.UNCHANGED,
        com.google.common.collect.ImmutableList.of());
  }

  /** An account that has no name is told by its number. */
  private static Object nameOrNumber(String name, Object value, ImmutableMap<String, Object> told) {
    Optional<String> number =
        switch (name) {
          case "owner" -> Optional.of("uid");
          case "group" -> Optional.of("gid");
          default -> Optional.empty();
        };
    return number.isPresent() && value.equals("UNKNOWN")
        ? told.getOrDefault(number.get(), value).toString()
        : value;
  }

  private String failure(Output output, WebAnswer answer) {
    return output.err().isBlank()
        ? address + ": " + answer.why()
        : address + ": " + output.err().strip();
  }

  private List<Remark> remarks(Seen seen) {
    List<Remark> remarks = new ArrayList<>();
    if (sum.isEmpty()) {
      remarks.add(
          Remark.risk(
              "no checksum is given for "
                  + path(seen)
                  + ": what is there is not compared with anything"));
    }
    if (!settings.verifies()) {
      remarks.add(Remark.risk("the server of " + address + " need not prove who it is"));
    }
    return remarks;
  }

  /** What stays true when it is fetched: the rest is told by the deed. */
  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result.put("dest", path(seen)).put("url", address.text());
    return isRight(seen)
        ? result
            .put("msg", "file already exists")
            .put("elapsed", 0L)
            .put("checksum_src", None.NONE)
            .put("checksum_dest", None.NONE)
            .putAll(seen.path.result())
            .buildKeepingLast()
        : result.buildOrThrow();
  }
}
