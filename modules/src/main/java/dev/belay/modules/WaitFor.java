package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.template.PythonRegex;
import dev.belay.value.None;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A wait on the host, until something is so or the time is over. */
record WaitFor(
    String host,
    Optional<Long> port,
    Optional<String> path,
    Optional<String> regex,
    String state,
    long timeout,
    long delay,
    long sleep,
    long connectTimeout,
    ImmutableList<String> excluded,
    ImmutableList<String> connectionStates,
    Optional<String> complaint)
    implements Resource<WaitFor> {

  /** The kernel's numbers for the states of a connection. */
  static final ImmutableMap<String, String> STATES =
      ImmutableMap.of(
          "ESTABLISHED",
          "01",
          "SYN_SENT",
          "02",
          "SYN_RECV",
          "03",
          "FIN_WAIT1",
          "04",
          "FIN_WAIT2",
          "05",
          "TIME_WAIT",
          "06");

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "wait_for")
          .summary("Waits on the host for a port, a file, or a time.")
          .doc(
              "The wait is one command on the host; it ends by itself when its time is over or the connection is gone. A check does not wait: the task is skipped, for what it waits for may be what the run would start (Ansible waits in a check too)."
                  + " A port of the host itself (127.0.0.1, ::1, localhost, 0.0.0.0) is looked for among the kernel's listening sockets; another host's is connected to, with bash, nc or curl, whichever is there."
                  + " 'search_regex' needs a grep that knows -P; on a port it needs bash or nc too. 'exclude_hosts' takes addresses, not names.")
          .parameters(
              Parameter.optional("host", Type.TEXT, "The host whose port it is.")
                  .defaultsTo("127.0.0.1"),
              Parameter.optional("port", Type.INTEGER, "A TCP port; or 'path'."),
              Parameter.optional("path", Type.PATH, "A file on the host; links are followed."),
              Parameter.optional(
                  "search_regex",
                  Type.TEXT,
                  "What must be in the file, or be sent by the port; '^' and '$' match at lines."),
              Parameter.optional(
                      "state",
                      Type.TEXT,
                      "What is waited for. started and present: it is there. stopped and absent: it is not. drained: nobody is connected to the port.")
                  .oneOf("absent", "drained", "present", "started", "stopped")
                  .defaultsTo("started"),
              Parameter.optional(
                      "timeout",
                      Type.INTEGER,
                      "Seconds after which the wait fails; with neither 'port' nor 'path' the seconds to wait.")
                  .defaultsTo(300L),
              Parameter.optional("delay", Type.INTEGER, "Seconds before the first look.")
                  .defaultsTo(0L),
              Parameter.optional("sleep", Type.INTEGER, "Seconds between two looks, 1 at least.")
                  .defaultsTo(1L),
              Parameter.optional(
                      "connect_timeout", Type.INTEGER, "Seconds that a connection may take.")
                  .defaultsTo(5L),
              Parameter.optional(
                  "exclude_hosts",
                  Type.LIST,
                  "Addresses whose connections do not count for drained."),
              Parameter.optional(
                      "active_connection_states", Type.LIST, "Which connections count for drained.")
                  .oneOf(STATES.keySet().toArray(new String[0]))
                  .defaultsTo(STATES.keySet().asList()),
              Parameter.optional("msg", Type.TEXT, "What to say where the wait fails."))
          .example("- wait_for:\n    port: 8000\n    timeout: 600")
          .example("- wait_for:\n    path: /var/log/vllm.log\n    search_regex: 'startup complete'")
          .result("elapsed", "Seconds.")
          .result("state", "What was waited for; with 'path', what is there.")
          .result("port", "The port.")
          .result("path", "The path.")
          .result("search_regex", "The expression.")
          .result("match_groups", "What the groups of the expression matched.")
          .result("match_groupdict", "The same by the groups' names.")
          .makes(WaitFor::of);

  private static WaitFor of(Args args) {
    Optional<Long> port = args.integerIfGiven("port");
    boolean named = args.has("path");
    String state = args.text("state");
    check(port.isEmpty() || !named, "'port' and 'path' exclude each other");
    check(port.isEmpty() || port.get() > 0 && port.get() < 65536, "'port' must be 1 to 65535");
    check(
        !named || !state.equals("stopped"),
        "state=stopped should only be used for checking a port in the wait_for module");
    check(
        !named || !state.equals("drained"),
        "state=drained should only be used for checking a port in the wait_for module");
    check(
        !args.has("exclude_hosts") || state.equals("drained"),
        "exclude_hosts should only be with state=drained");
    check(
        !args.has("search_regex") || port.isPresent() || named,
        "'search_regex' needs 'port' or 'path'");
    check(!state.equals("drained") || port.isPresent(), "state=drained needs 'port'");
    args.textIfGiven("search_regex").ifPresent(WaitFor::compiled);
    ImmutableList<String> excluded =
        args.texts("exclude_hosts").stream()
            .map(address -> KernelAddress.of(address, "exclude_hosts"))
            .collect(ImmutableList.toImmutableList());
    return new WaitFor(
        args.text("host"),
        port,
        args.textIfGiven("path").map(Paths::absolute),
        args.textIfGiven("search_regex"),
        state,
        natural("timeout", args.integer("timeout")),
        natural("delay", args.integer("delay")),
        Math.max(1, natural("sleep", args.integer("sleep"))),
        Math.max(1, natural("connect_timeout", args.integer("connect_timeout"))),
        excluded,
        args.texts("active_connection_states"),
        args.textIfGiven("msg"));
  }

  private static void check(boolean right, String sentence) {
    if (!right) {
      throw new IllegalArgumentException(sentence);
    }
  }

  private static long natural(String name, long seconds) {
    check(seconds >= 0, "'" + name + "' must not be below 0");
    return seconds;
  }

  private static Pattern compiled(String regex) {
    check(regex.indexOf('\n') < 0, "'search_regex' holds no line end; write \\n");
    return PythonRegex.compile(regex, Pattern.MULTILINE);
  }

  boolean waitsForPresence() {
    return state.equals("started") || state.equals("present");
  }

  /** A name in the messages. */
  private String subject() {
    return path.orElseGet(() -> host + ":" + port.map(String::valueOf).orElse(""));
  }

  @Override
  public Probe<WaitFor> probe() {
    return Probe.nothing(this);
  }

  @Override
  public Plan plan(WaitFor seen) {
    String what =
        port.isEmpty() && path.isEmpty()
            ? "a wait of " + timeout + " s"
            : "a wait for " + subject();
    return Plan.errand(Change.run(what, "(not done)", state, WaitForScript.of(this)), this::acted);
  }

  private Acted acted(Output output) {
    ImmutableMap<String, Object> told = ScriptValues.of(output.out());
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.put("elapsed", told.getOrDefault("elapsed", 0L));
    if (!output.succeeded()) {
      boolean late = output.status() == WaitForScript.LATE;
      String why = late ? complaint.orElseGet(this::lateness) : output.err().strip();
      values.put("msg", why);
      return new Acted(values.buildOrThrow(), Optional.of(why));
    }
    values.put("state", state).put("port", orNone(port)).put("path", orNone(path));
    values.put("search_regex", orNone(regex));
    told.forEach(values::put);
    values.putAll(groups(output.out()));
    return new Acted(
        values.buildKeepingLast(), Optional.empty(), Acted.Effect.UNCHANGED, ImmutableList.of());
  }

  private static Object orNone(Optional<?> value) {
    return value.isPresent() ? value.get() : None.NONE;
  }

  /** Ansible's words. */
  private String lateness() {
    if (state.equals("drained")) {
      return "Timeout when waiting for " + subject() + " to drain";
    } else if (!waitsForPresence()) {
      return path.isPresent()
          ? "Timeout when waiting for " + subject() + " to be absent."
          : "Timeout when waiting for " + subject() + " to stop.";
    } else if (regex.isPresent()) {
      return "Timeout when waiting for search string " + regex.get() + " in " + subject();
    }
    return path.isPresent()
        ? "Timeout when waiting for file " + subject()
        : "Timeout when waiting for " + subject();
  }

  /** The groups are read from the text that matched, which the script gives in full. */
  private ImmutableMap<String, Object> groups(String out) {
    ImmutableList.Builder<Object> all = ImmutableList.builder();
    ImmutableMap.Builder<String, Object> byName = ImmutableMap.builder();
    int from = out.indexOf("=match\n");
    if (regex.isPresent() && from >= 0) {
      Pattern pattern = compiled(regex.get());
      Matcher found = pattern.matcher(out.substring(from + "=match\n".length()));
      if (found.find()) {
        for (int i = 1; i <= found.groupCount(); i++) {
          all.add(found.group(i) == null ? None.NONE : found.group(i));
        }
        for (Map.Entry<String, Integer> name : names(regex.get()).entrySet()) {
          String text = found.group(name.getValue());
          byName.put(name.getKey(), text == null ? None.NONE : text);
        }
      }
    }
    return ImmutableMap.of("match_groups", all.build(), "match_groupdict", byName.buildOrThrow());
  }

  /** The named groups and their numbers, in Python's notation. */
  private static ImmutableMap<String, Integer> names(String regex) {
    Matcher open = Pattern.compile("\\\\.|\\[[^\\]]*\\]|\\((?!\\?)|\\(\\?P<(\\w+)>").matcher(regex);
    ImmutableMap.Builder<String, Integer> names = ImmutableMap.builder();
    int number = 0;
    while (open.find()) {
      number += open.group().startsWith("(") ? 1 : 0;
      if (open.group(1) != null) {
        names.put(open.group(1), number);
      }
    }
    return names.buildOrThrow();
  }
}
