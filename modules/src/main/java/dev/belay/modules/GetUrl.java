package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file that the host fetches by itself. */
record GetUrl(
    String url,
    String dest,
    Optional<Sum> sum,
    boolean force,
    boolean verifies,
    long timeout,
    ImmutableMap<String, String> headers,
    Attributes attributes)
    implements Resource<GetUrl.Seen> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "get_url")
          .summary("Downloads a file to the host.")
          .doc(
              "The host fetches it with curl or wget, under a temporary name in the same folder, checks it, and renames it. What is there without a checksum is not compared with anything, and that is told."
                  + " Only http and https are followed. A checksum must be given as digits: the form with a URL, 'backup' and 'use_netrc' are not supported yet and refused.")
          .parameters(
              Parameter.required("url", Type.TEXT, "Where from: http or https."),
              Parameter.required(
                  "dest",
                  Type.PATH,
                  "The file; with '/' at its end the folder to put it in, under the URL's last name."),
              Parameter.optional("checksum", Type.TEXT, "algorithm:digits, as sha256:9f86…"),
              Parameter.optional(
                      "force",
                      Type.FLAG,
                      "Whether it is fetched again although it is there and nothing can be compared.")
                  .defaultsTo(false),
              Parameter.optional(
                      "validate_certs", Type.FLAG, "Whether the server must prove who it is.")
                  .defaultsTo(true),
              Parameter.optional(
                      "timeout", Type.INTEGER, "Seconds in which the server must answer.")
                  .defaultsTo(10L),
              Parameter.optional(
                  "headers",
                  Type.DICT,
                  "More headers of the request. They are never on a command line."))
          .parameters(FileParameters.ATTRIBUTES)
          .example(
              "- get_url:\n    url: https://repo.oepkgs.net/ascend/pytorch/vllm/lib/libomp.so\n    dest: /usr/local/lib/libomp.so\n    checksum: sha256:0f4f2a33a1cbf3cf1c2ee5f1bbb2f1b6c3f06a4c2f1d9c54d46e2c0b5f8d0e11\n    mode: '0644'")
          .result("dest", "The file.")
          .result("url", "Where it came from.")
          .makes(GetUrl::of);

  /** A checksum: the program that makes it, and its digits. */
  record Sum(String program, String digits) {
    static Sum of(String text) {
      int colon = text.indexOf(':');
      String algorithm =
          colon < 0 ? "" : text.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
      String digits = text.substring(colon + 1).strip().toLowerCase(java.util.Locale.ROOT);
      if (!algorithm.matches("md5|sha1|sha224|sha256|sha384|sha512")
          || !digits.matches("[0-9a-f]{32,128}")) {
        throw new IllegalArgumentException(
            "'checksum' must be algorithm:digits, as sha256:9f86…, not '" + text + "'");
      }
      return new Sum(algorithm + "sum", digits);
    }
  }

  record Seen(PathSeen path, String sum) {}

  private static GetUrl of(Args args) {
    String url = args.text("url");
    if (!url.matches("https?://[^\\s'\"\\\\]+")) {
      throw new IllegalArgumentException(
          "'url' must begin with http:// or https:// and hold no spaces or quotes");
    }
    String dest = args.text("dest");
    String name = Paths.name(url.replaceFirst("[?#].*", ""));
    ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
    args.dict("headers").forEach((header, value) -> headers.put(header, value.toString()));
    headers
        .buildOrThrow()
        .forEach(
            (header, value) -> {
              if ((header + value).matches("(?s).*[\"\\\\\\r\\n].*")) {
                throw new IllegalArgumentException(
                    "a header holds no quotes, backslashes or line ends");
              }
            });
    return new GetUrl(
        url,
        Paths.absolute(dest.endsWith("/") ? dest + name : dest),
        args.textIfGiven("checksum").filter(s -> !s.isEmpty()).map(Sum::of),
        args.flag("force"),
        args.flag("validate_certs"),
        args.integer("timeout"),
        headers.buildOrThrow(),
        args.attributes());
  }

  @Override
  public Probe<Seen> probe() {
    Probe<String> digits =
        sum.isPresent()
            ? Probe.of(
                Sh.of("if [ -f {} ]; then {} < {}; fi", dest, sum.get().program, dest),
                output -> output.out().replaceFirst("\\s.*", "").strip())
            : Probe.nothing("");
    return PathSeen.behind(dest).and(digits, Seen::new);
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.path.is(PathSeen.Kind.DIRECTORY)) {
      return Plan.impossible(dest + " is a directory; end 'dest' with '/' to put the file inside");
    }
    boolean there = !seen.path.isAbsent();
    boolean right = sum.isPresent() ? seen.sum.equals(sum.get().digits) : there && !force;
    if (right) {
      List<Sh> commands = seen.path.corrections(attributes, dest);
      Plan plan =
          commands.isEmpty()
              ? Plan.satisfied()
              : Plan.of(
                  Change.run(
                      dest, seen.path.attributes(), seen.path.with(attributes), Sh.all(commands)));
      return plan.with(remarks());
    }
    String before =
        !there
            ? Change.ABSENT
            : sum.isPresent() ? seen.sum : "file of " + seen.path.size() + " bytes";
    Change change =
        Change.run(dest, before, sum.map(Sum::digits).orElse("from " + url), download());
    boolean blind = there && sum.isEmpty();
    return (blind
            ? Plan.act(
                change,
                output ->
                    new dev.belay.module.Acted(
                        ImmutableMap.of("dest", dest, "url", url, "changed", true),
                        output.succeeded() ? Optional.empty() : Optional.of(output.err().strip())))
            : Plan.of(change))
        .with(remarks());
  }

  private List<Remark> remarks() {
    List<Remark> remarks = new ArrayList<>();
    if (sum.isEmpty()) {
      remarks.add(
          Remark.risk(
              "no checksum is given for "
                  + dest
                  + ": what is there is not compared with anything"));
    }
    if (!verifies) {
      remarks.add(Remark.risk("the server of " + url + " need not prove who it is"));
    }
    return remarks;
  }

  private Sh download() {
    List<Sh> finish = new ArrayList<>();
    sum.ifPresent(
        s ->
            finish.add(
                Sh.of(
                    "s=$({} < \"$t\"); s=${s%% *}; [ \"$s\" = {} ] || { echo \"the checksum of {} is $s, not {}\" >&2; exit 9; }",
                    s.program, s.digits, url, s.digits)));
    finish.add(Sh.of("chmod -- {} \"$t\"", attributes.mode().orElse("0644")));
    attributes.owner().ifPresent(owner -> finish.add(Sh.of("chown -- {} \"$t\"", owner)));
    attributes.group().ifPresent(group -> finish.add(Sh.of("chgrp -- {} \"$t\"", group)));
    return Sh.of(
        "t=$(mktemp {}/.belay.XXXXXXXX) || exit 1; trap 'rm -f -- \"$t\"' EXIT\n{}\n{} && sync -- \"$t\" && mv -fT -- \"$t\" {}",
        Paths.parent(dest),
        fetch(),
        Sh.all(finish),
        dest);
  }

  /**
   * Headers go by a file of settings on standard input, for a command line can be read by everybody
   * on the host.
   */
  private Sh fetch() {
    StringBuilder settings = new StringBuilder("url = \"" + url + "\"\n");
    headers.forEach(
        (name, value) ->
            settings.append("header = \"").append(name).append(": ").append(value).append("\"\n"));
    Sh curl =
        Sh.of(
            "printf %s {} | curl -sS -f -L --proto =http,https --proto-redir =http,https --connect-timeout {} --speed-limit 1 --speed-time {} {} -K - -o \"$t\" || exit $?",
            settings,
            timeout,
            Math.max(timeout, 30),
            verifies ? ImmutableList.of() : ImmutableList.of("-k"));
    Sh wget =
        headers.isEmpty()
            ? Sh.of(
                "wget -q -T {} {} -O \"$t\" -- {} || { echo \"wget ended with status $? for {}\" >&2; exit 8; }",
                timeout,
                verifies ? ImmutableList.of() : ImmutableList.of("--no-check-certificate"),
                url,
                url)
            : Sh.of("echo 'headers need curl on the host' >&2; exit 7");
    return Sh.of(
        "if command -v curl >/dev/null; then {}; elif command -v wget >/dev/null; then {}; else echo 'there is neither curl nor wget on this host' >&2; exit 7; fi",
        curl,
        wget);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.<String, Object>builder()
        .putAll(seen.path.result())
        .put("dest", dest)
        .put("url", url)
        .buildKeepingLast();
  }
}
