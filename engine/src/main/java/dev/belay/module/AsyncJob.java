package dev.belay.module;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import dev.belay.shell.TimeLimit;
import java.time.Duration;
import java.util.List;

/**
 * A deed that runs on its own on a host ({@code async}). What it says, and how it ends, is kept in
 * a folder that only its user can read, so that a later task, or a later run, can look.
 *
 * @param id names it on that host, for that user
 */
public record AsyncJob(String id) {
  private static final String FOLDER = ".ansible_async";

  /** What there is to know of a job. */
  public sealed interface State {}

  /** There is no such job. */
  public record Missing() implements State {}

  public record Running() implements State {}

  /**
   * @param output what it said, and its status
   * @param changes whether it was to change anything
   */
  public record Ended(Output output, boolean changes) implements State {}

  /** Its process is gone and has left no status: the host was restarted, or it was killed. */
  public record Vanished() implements State {}

  /** A job by the id that it was given. */
  public AsyncJob {
    checkArgument(
        id.matches("[A-Za-z0-9]+([._][A-Za-z0-9]+)*"), "'%s' is no id of an async job", id);
  }

  /**
   * Starts a deed and goes away; prints the job's folder.
   *
   * @param limit after which it is ended
   * @param word {@code changes}, or {@code nothing} for a deed that has nothing to do
   */
  public static Sh start(Sh deed, Duration limit, String word) {
    Sh runner =
        Sh.of(
            "echo $$ > \"$0/pid\"; {} > \"$0/out\" 2> \"$0/err\"; echo $? > \"$0/new\"; mv -- \"$0/new\" \"$0/rc\"",
            TimeLimit.around(deed, limit));
    return Sh.of(
        """
        umask 077; mkdir -p -- ~/{} && d=$(mktemp -d ~/{}/jXXXXXXXXXX) && echo {} > "$d/kind" || exit 1
        s=; if command -v setsid >/dev/null; then s=setsid; fi
        $s nohup /bin/sh -c {} "$d" > /dev/null 2>&1 < /dev/null &
        printf '%s\\n' "$d\"""",
        FOLDER, FOLDER, word, runner.text());
  }

  /** The job whose start said that. */
  public static AsyncJob started(Output start) {
    return new AsyncJob(Iterables.getLast(Splitter.on('/').split(start.out().strip())));
  }

  /** Asks how it is. */
  public Sh look() {
    return Sh.of(
        """
        d=~/{}/{}; if [ ! -d "$d" ]; then echo missing
        elif [ -f "$d/rc" ]; then echo "ended $(cat "$d/rc") $(cat "$d/kind")"; cat -- "$d/out"; cat -- "$d/err" >&2
        elif [ -f "$d/pid" ] && ! kill -0 "$(cat "$d/pid")" 2>/dev/null && [ ! -f "$d/rc" ]; then echo vanished
        else echo running; fi""",
        FOLDER,
        id);
  }

  /** What {@link #look} was answered. */
  public State state(Output answer) {
    int end = answer.out().indexOf('\n');
    List<String> words = Splitter.on(' ').splitToList(answer.out().substring(0, Math.max(0, end)));
    return switch (words.get(0)) {
      case "ended" ->
          new Ended(
              new Output(
                  Integer.parseInt(words.get(1)), answer.out().substring(end + 1), answer.err()),
              words.get(2).equals("changes"));
      case "running" -> new Running();
      case "vanished" -> new Vanished();
      default -> new Missing();
    };
  }

  /** Forgets it; prints its folder where there was one. */
  public Sh erase() {
    return Sh.of(
        "d=~/{}/{}; if [ -d \"$d\" ]; then rm -rf -- \"$d\" && printf '%s\\n' \"$d\"; fi",
        FOLDER, id);
  }
}
