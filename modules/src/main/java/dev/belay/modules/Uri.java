package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Readable;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Locale;
import java.util.Optional;

/** A request to a web service, made on the host. */
record Uri(
    WebAddress address,
    WebSettings settings,
    String method,
    Optional<UriBody> body,
    Optional<String> socket,
    Follow follow,
    Optional<String> dest,
    Attributes attributes,
    Optional<String> creates,
    Optional<String> removes,
    ImmutableSet<Long> expected,
    UriReading.Content content)
    implements Resource<Uri.Seen>, Readable {

  static final ModuleSpec SPEC = UriSpec.SPEC;

  /** Which redirects are followed. */
  enum Follow {
    ALL,
    /** Those of requests that change nothing. */
    SAFE,
    NONE
  }

  /** Whether the paths that decide are there. */
  record Seen(boolean created, boolean removed) {}

  static Uri of(Args args) {
    WebAddress address = WebAddress.of("url", args.text("url"));
    ImmutableSet.Builder<Long> expected = ImmutableSet.builder();
    for (String code : args.texts("status_code")) {
      if (!code.strip().matches("-?\\d{1,3}")) {
        throw new IllegalArgumentException("'status_code' must be numbers, not '" + code + "'");
      }
      expected.add(Long.valueOf(code.strip()));
    }
    String method = args.text("method").toUpperCase(Locale.ROOT);
    if (!method.matches("[A-Z][A-Z-]{0,20}")) {
      throw new IllegalArgumentException("'" + method + "' is no method of a request");
    }
    return new Uri(
        address,
        WebSettings.of(args, address, 1),
        method,
        UriBody.of(args),
        args.textIfGiven("unix_socket"),
        follow(args.text("follow_redirects")),
        args.textIfGiven("dest").map(Paths::absolute),
        args.attributes(),
        args.textIfGiven("creates"),
        args.textIfGiven("removes"),
        expected.build(),
        args.flag("return_content") ? UriReading.Content.TOLD : UriReading.Content.KEPT_BACK);
  }

  private static Follow follow(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "all", "yes", "true" -> Follow.ALL;
      case "none" -> Follow.NONE;
      default -> Follow.SAFE;
    };
  }

  private boolean isLook() {
    return (method.equals("GET") || method.equals("HEAD")) && dest.isEmpty();
  }

  private boolean followsRedirects() {
    return follow == Follow.ALL
        || follow == Follow.SAFE && (method.equals("GET") || method.equals("HEAD"));
  }

  @Override
  public Probe<Seen> probe() {
    if (creates.isEmpty() && removes.isEmpty()) {
      return Probe.nothing(new Seen(false, true));
    }
    return Probe.of(
        Sh.of("{}; {}", there(creates), there(removes)),
        output ->
            new Seen(
                creates.isPresent() && output.lines().get(0).equals("1"),
                removes.isEmpty() || output.lines().get(1).equals("1")));
  }

  private static Sh there(Optional<String> path) {
    return path.map(p -> Sh.of("if [ -e {} ]; then echo 1; else echo 0; fi", p))
        .orElse(Sh.of("echo 0"));
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.created || !seen.removed) {
      return Plan.satisfied();
    }
    Change change =
        Change.run(
            dest.orElse("a request"),
            dest.isPresent() ? "(not fetched)" : "(not made)",
            method + " " + address,
            UriScript.of(this));
    Plan plan = dest.isPresent() ? Plan.act(change, this::acted) : Plan.errand(change, this::acted);
    return settings.verifies() || !address.isSecure()
        ? plan
        : plan.with(Remark.risk("the server of " + address + " need not prove who it is"));
  }

  /** The settings for curl. */
  String curl() {
    StringBuilder lines = new StringBuilder(settings.curl(address));
    body.ifPresent(b -> lines.append(b.curl(settings.headers().keySet())));
    lines.append(method.equals("HEAD") ? "head\n" : "request = \"" + method + "\"\n");
    socket.ifPresent(path -> WebSettings.set(lines, "unix-socket", path));
    return lines.append(followsRedirects() ? "location\n" : "").toString();
  }

  private Acted acted(Output output) {
    UriReading reading = new UriReading(output, this);
    return new Acted(
        reading.values(),
        reading.failure(),
        reading.isChanged() ? Acted.Effect.CHANGED : Acted.Effect.UNCHANGED,
        ImmutableList.of());
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    if (!seen.created && seen.removed) {
      return ImmutableMap.of();
    }
    String why =
        seen.created
            ? "skipped, since '" + creates.orElseThrow() + "' exists"
            : "skipped, since '" + removes.orElseThrow() + "' does not exist";
    return ImmutableMap.of("stdout", why, "stdout_lines", ImmutableList.of(why));
  }

  /** Only what asks and writes nothing is a question; all else stays a deed. */
  @Override
  public Resource<?> asQuestion() {
    if (!isLook() || creates.isPresent() || removes.isPresent()) {
      return this;
    }
    Uri self = this;
    return new Resource<UriReading>() {
      @Override
      public Probe<UriReading> probe() {
        return Probe.of(UriScript.of(self), output -> new UriReading(output, self));
      }

      @Override
      public Plan plan(UriReading seen) {
        return seen.failure().map(Plan::impossible).orElse(Plan.satisfied());
      }

      @Override
      public ImmutableMap<String, Object> result(UriReading seen) {
        return seen.values();
      }
    };
  }
}
