package dev.belay.run;

import dev.belay.module.Change;
import dev.belay.module.Step;
import dev.belay.module.Step.ByEngine;
import dev.belay.problem.ProblemsException;
import dev.belay.remote.BecomeException;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * A step that no shell can do: a pause of the play, a wait for a host that is away, a restart, a
 * file that comes to the control side.
 */
final class EngineDeed {
  private static final int FAILED = 1;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final ByEngine step;
  private final PlayOnHost host;
  private final String task;

  private EngineDeed(ByEngine step, PlayOnHost host, String task) {
    this.step = step;
    this.host = host;
    this.task = task;
  }

  /** The one that these changes come to; empty where the host's shell does them. */
  static Optional<EngineDeed> of(List<Change> changes, PlayOnHost host, OpenTask task) {
    List<Step> steps = changes.stream().flatMap(change -> change.steps().stream()).toList();
    return steps.size() == 1 && steps.get(0) instanceof ByEngine step
        ? Optional.of(new EngineDeed(step, host, task.header().name()))
        : Optional.empty();
  }

  /** Commands on their way to the host. */
  private record Talk(Way way, IntConsumer trips) {
    Output say(Sh command) throws UnreachableException, BecomeException, InterruptedException {
      return way.link().once(way.become(), command, trips);
    }
  }

  /** What came of it, as of a command; a wait tells first how many seconds it took. */
  Output done(Way way, IntConsumer trips)
      throws UnreachableException, BecomeException, InterruptedException {
    long begun = System.nanoTime();
    Output output = carriedOut(new Talk(way, trips));
    boolean waited = step instanceof ByEngine.Await || step instanceof ByEngine.Reboot;
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    return waited
        ? new Output(output.status(), seconds + "\n" + output.out(), output.err())
        : output;
  }

  private Output carriedOut(Talk talk)
      throws UnreachableException, BecomeException, InterruptedException {
    if (step instanceof ByEngine.Enroll enroll) {
      return told(
          () -> host.add(now -> now.withHost(enroll.host(), enroll.groups(), enroll.variables())));
    } else if (step instanceof ByEngine.Join join) {
      return told(() -> host.add(now -> now.withMember(host.name(), join.group(), join.parents())));
    } else if (step instanceof ByEngine.Pause pause) {
      return paused(pause);
    } else if (step instanceof ByEngine.Await await) {
      Thread.sleep(await.delay().toMillis());
      return awaited(talk, await.patience());
    } else if (step instanceof ByEngine.Reboot reboot) {
      return rebooted(talk, reboot);
    }
    return new Fetching((ByEngine.Fetch) step).from(talk::say);
  }

  private static Output told(BooleanSupplier isNew) {
    try {
      return Output.ok(isNew.getAsBoolean() ? "new" : "there");
    } catch (ProblemsException e) {
      return new Output(FAILED, "", e.problems().get(0).what());
    }
  }

  private Output paused(ByEngine.Pause pause) throws InterruptedException {
    LocalDateTime start = LocalDateTime.now(ZoneId.systemDefault());
    long begun = System.nanoTime();
    Optional<String> typed =
        host.pause(new RunListener.Pause(task, pause.time(), pause.prompt(), pause.echo()));
    if (pause.time().isPresent()) {
      Thread.sleep(pause.time().get().toMillis());
    }
    return Output.ok(
        MOMENT.format(start)
            + "\n"
            + MOMENT.format(LocalDateTime.now(ZoneId.systemDefault()))
            + "\n"
            + Duration.ofNanos(System.nanoTime() - begun).toMillis()
            + "\n"
            + typed.orElse(""));
  }

  private static Output awaited(Talk talk, ByEngine.Patience patience)
      throws BecomeException, InterruptedException {
    return tried(
        patience,
        () -> {
          talk.way.link().reconnect(patience.connecting());
          return talk.say(Sh.of(":"));
        });
  }

  /** One try at a host that may be away. */
  private interface Try {
    Output once() throws UnreachableException, BecomeException, InterruptedException;
  }

  /** Again and again until it succeeds; then, or when the time is over, what came last. */
  private static Output tried(ByEngine.Patience patience, Try attempt)
      throws BecomeException, InterruptedException {
    long end = System.nanoTime() + patience.atMost().toNanos();
    while (true) {
      Output last;
      try {
        last = attempt.once();
      } catch (UnreachableException e) {
        last = new Output(FAILED, "", e.getMessage());
      }
      if (last.succeeded() || System.nanoTime() + patience.between().toNanos() > end) {
        return last;
      }
      Thread.sleep(patience.between().toMillis());
    }
  }

  private static Output rebooted(Talk talk, ByEngine.Reboot reboot)
      throws UnreachableException, BecomeException, InterruptedException {
    if (talk.way.link().isHere()) {
      return new Output(
          FAILED, "", "Running reboot with local connection would reboot the control node.");
    }
    Output before = talk.say(reboot.boot());
    if (!before.succeeded()) {
      return before;
    }
    Output begun = begun(talk, reboot.start());
    if (!begun.succeeded()) {
      return begun;
    }
    Thread.sleep(reboot.pause().toMillis());
    Output after = awaited(talk, reboot, before.out().strip());
    return new Output(after.status(), "rebooted", after.err());
  }

  /** The host may be gone before it has answered. */
  private static Output begun(Talk talk, Sh start) throws BecomeException, InterruptedException {
    try {
      return talk.say(start);
    } catch (UnreachableException e) {
      return Output.ok("");
    }
  }

  private static Output awaited(Talk talk, ByEngine.Reboot reboot, String before)
      throws BecomeException, InterruptedException {
    ByEngine.Patience patience = reboot.patience();
    Output up =
        tried(
            patience,
            () -> {
              talk.way.link().reconnect(patience.connecting());
              Output now = talk.say(reboot.boot());
              boolean same = now.out().isBlank() || now.out().strip().equals(before);
              return now.succeeded() && same
                  ? new Output(FAILED, "", "the host has not been restarted")
                  : now;
            });
    return up.succeeded()
        ? tried(patience, () -> tested(talk, reboot))
        : late(up, patience.atMost());
  }

  private static Output tested(Talk talk, ByEngine.Reboot reboot)
      throws UnreachableException, BecomeException, InterruptedException {
    try {
      return talk.say(reboot.test());
    } catch (UnreachableException e) {
      talk.way.link().reconnect(reboot.patience().connecting());
      throw e;
    }
  }

  private static Output late(Output last, Duration atMost) {
    return new Output(
        FAILED, "", "not up again after " + atMost.toSeconds() + " s: " + last.err().strip());
  }
}
