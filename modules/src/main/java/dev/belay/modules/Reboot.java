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
import dev.belay.module.Step.ByEngine;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.time.Duration;
import java.util.Optional;

/** A restart of the host, and the wait until it is up again. */
record Reboot(ByEngine.Reboot step) implements Resource<Boolean> {
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "reboot")
          .summary("Restarts the host and waits until it is up again.")
          .doc(
              "Up again is a host that tells another boot than before, by the kernel's boot_id, and on which the test command succeeds. The connection may break off while the restart is begun. "
                  + "A host that is reached without a network ('connection: local') is the control side itself, and is refused.")
          .pace(ModuleSpec.Pace.ALONE)
          .parameters(
              Parameter.optional(
                      "pre_reboot_delay",
                      Type.INTEGER,
                      "Seconds before the restart; rounded down to minutes, so less than 60 is none.")
                  .alias("pre_reboot_delay_sec")
                  .defaultsTo(0L),
              Parameter.optional(
                      "post_reboot_delay",
                      Type.INTEGER,
                      "Seconds after the restart was begun before the first look.")
                  .alias("post_reboot_delay_sec")
                  .defaultsTo(0L),
              Parameter.optional(
                      "reboot_timeout",
                      Type.INTEGER,
                      "Seconds after which the host is given up; once for the restart, once for the test command.")
                  .alias("reboot_timeout_sec")
                  .defaultsTo(600L),
              Parameter.optional(
                      "connect_timeout", Type.INTEGER, "Seconds that a try to connect may take.")
                  .alias("connect_timeout_sec"),
              Parameter.optional(
                      "test_command", Type.SCALAR, "What must succeed before the host is up.")
                  .defaultsTo("whoami"),
              Parameter.optional("msg", Type.SCALAR, "What users of the host are told.")
                  .defaultsTo("Reboot initiated by Ansible"),
              Parameter.optional(
                  "search_paths", Type.LIST, "The folders to look for the program in."),
              Parameter.optional(
                      "boot_time_command",
                      Type.SCALAR,
                      "What tells one boot of the host from another.")
                  .defaultsTo("cat /proc/sys/kernel/random/boot_id"),
              Parameter.optional(
                  "reboot_command", Type.SCALAR, "What restarts the host, instead of shutdown."))
          .example("- reboot:\n    reboot_timeout: 1800")
          .result("rebooted", "Whether the restart was begun.")
          .result("elapsed", "Seconds that it took.")
          .makes(Reboot::of);

  private static Reboot of(Args args) {
    return new Reboot(
        new ByEngine.Reboot(
            Sh.of("/bin/sh -c {}", args.text("boot_time_command")),
            start(args),
            Sh.of("/bin/sh -c {}", args.text("test_command")),
            seconds(args.integer("post_reboot_delay")),
            new ByEngine.Patience(
                args.integerIfGiven("connect_timeout").filter(s -> s > 0).map(Reboot::seconds),
                BETWEEN,
                seconds(args.integer("reboot_timeout")))));
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(Math.max(0, count));
  }

  private static Sh start(Args args) {
    Sh path =
        args.has("search_paths")
            ? Sh.of("PATH={}; export PATH; ", String.join(":", args.texts("search_paths")))
            : Sh.of("");
    long minutes = Math.max(0, args.integer("pre_reboot_delay")) / 60;
    Sh usual =
        Sh.of(
            "if command -v shutdown >/dev/null; then shutdown -r -- {} {}; else reboot; fi",
            minutes == 0 ? "now" : "+" + minutes,
            args.text("msg"));
    return Sh.of(
        "{}{}",
        path,
        args.textIfGiven("reboot_command").map(line -> Sh.of("/bin/sh -c {}", line)).orElse(usual));
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.act(
        new Change("the host", "running", "restarted", ImmutableList.of(step)), Reboot::acted);
  }

  private static Acted acted(Output output) {
    boolean begun = output.out().endsWith("rebooted");
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.put("rebooted", begun).put("elapsed", WaitForConnection.elapsed(output));
    if (output.succeeded()) {
      return new Acted(values.buildOrThrow(), Optional.empty());
    }
    String why = output.err().isBlank() ? output.out() : output.err();
    return new Acted(
        values.buildOrThrow(), Optional.of((begun ? "" : "Reboot command failed: ") + why.strip()));
  }
}
