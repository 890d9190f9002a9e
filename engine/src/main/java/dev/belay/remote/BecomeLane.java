package dev.belay.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Sh;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens a shell as another user. A password is sent once, and only after the prompt that was asked
 * for has been seen: where none is wanted it would be read as a command.
 */
final class BecomeLane {
  /** In seconds; PAM may wait two after a wrong password, and DNS longer. */
  private static final int DEADLINE_SECONDS = 30;

  /** In characters: what a lecture or a warning may have. */
  private static final int SAID_LIMIT = 64 * 1024;

  private final Transport transport;
  private final Become become;
  private final Optional<Secret> password;
  private final String prompt = ShellLane.freshMark() + ":";
  private final String ready = ShellLane.freshMark();

  BecomeLane(Transport transport, Become become, Optional<Secret> password) {
    this.transport = transport;
    this.become = become;
    this.password = password;
  }

  ShellLane open() throws UnreachableException, BecomeException {
    ShellStreams streams = transport.start(commandLine());
    CompletableFuture<Optional<String>> refusal =
        CompletableFuture.supplyAsync(() -> refusal(streams), LaneThreads.POOL);
    try {
      Optional<String> why = refusal.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (why.isPresent()) {
        throw closing(streams, why.get());
      }
      return ShellLane.over(streams);
    } catch (TimeoutException e) {
      throw closing(streams, method() + " did not answer within " + DEADLINE_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closing(streams, "interrupted while waiting for " + method());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static BecomeException closing(ShellStreams streams, String why) {
    streams.close();
    return new BecomeException(why);
  }

  /**
   * A login that is that user already needs no program for it: in containers there often is none.
   */
  private String commandLine() {
    String user = become.user().orElseThrow();
    Sh shell = Sh.of("echo {}; echo {} >&2; exec /bin/sh", ready, ready);
    Sh change = become.method() == Become.Method.SU ? su(user, shell) : sudo(user, shell);
    Sh either = Sh.of("if [ \"$(id -un)\" = {} ]; then {}; else {}; fi", user, shell, change);
    return Sh.of("exec /bin/sh -c {}", either.text()).text();
  }

  private Sh su(String user, Sh shell) {
    return Sh.of(
        "exec {} {} {} -s /bin/sh -c {}",
        become.program().orElse("su"),
        become.flags().orElse(ImmutableList.of()),
        user,
        shell.text());
  }

  /** However its flags are, it asks on its streams, and with our prompt. */
  private Sh sudo(String user, Sh shell) {
    return Sh.of(
        "exec {} {} -k -S -p {} -u {} -- /bin/sh -c {}",
        become.program().orElse("sudo"),
        become.flags().orElse(ImmutableList.of("-H")),
        prompt,
        user,
        shell.text());
  }

  /**
   * Why there is no shell; empty once there is one. Reads up to the shell's own first lines and not
   * beyond.
   */
  private Optional<String> refusal(ShellStreams streams) {
    Optional<String> why;
    try {
      why = converse(streams);
      if (why.isEmpty()) {
        readUntil(streams.out(), ready + "\n");
      }
    } catch (IOException e) {
      why = Optional.of("no shell as " + become.user().orElseThrow() + ": " + e.getMessage());
    }
    return why;
  }

  private Optional<String> converse(ShellStreams streams) throws IOException {
    boolean sent = false;
    while (true) {
      String said = readUntil(streams.err(), ready + "\n", prompt);
      if (said.endsWith(ready + "\n")) {
        return Optional.empty();
      } else if (!said.endsWith(prompt)) {
        return Optional.of(reason(said));
      } else if (sent) {
        return Optional.of("wrong password for " + method());
      } else if (password.isEmpty()) {
        return Optional.of(method() + " wants a password; give one with -K");
      }
      streams.in().write((password.get().reveal() + "\n").getBytes(UTF_8));
      streams.in().flush();
      sent = true;
    }
  }

  /** What was said up to one of the words, or to the end. */
  private static String readUntil(InputStream in, String... words) throws IOException {
    StringBuilder said = new StringBuilder();
    for (int b = in.read(); b >= 0 && said.length() < SAID_LIMIT; b = in.read()) {
      said.append((char) b);
      for (String word : words) {
        if (said.length() >= word.length()
            && said.indexOf(word, said.length() - word.length()) >= 0) {
          return said.toString();
        }
      }
    }
    return said.toString();
  }

  private String method() {
    return become.method().name().toLowerCase(Locale.ROOT);
  }

  private String reason(String said) {
    String words = said.strip();
    if (words.contains("not found")) {
      return "there is no "
          + method()
          + " on this host; log in as "
          + become.user().orElseThrow()
          + ", or install it";
    } else if (words.contains("incorrect password") || words.contains("Sorry, try again")) {
      return "wrong password for " + method();
    }
    return words.isEmpty() ? method() + " ended without a word" : method() + " refused: " + words;
  }
}
