package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Content;
import dev.belay.remote.Become;
import dev.belay.remote.BecomeException;
import dev.belay.remote.Connection;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A host that understands {@code get NAME}, {@code set NAME VALUE} and a few ways to fail, and
 * writes down what it was asked: one list of commands a round trip.
 */
final class TranscriptHost implements Connection {
  final Map<String, String> knobs = new TreeMap<>();
  final List<List<String>> transcript = new ArrayList<>();
  int cutAtRoundTrip = Integer.MAX_VALUE;
  boolean sudoRefuses;
  long delayMillis;
  TranscriptFleet.AtWork atWork = new TranscriptFleet.AtWork();
  Consumer<TranscriptHost> afterEach = host -> {};

  @Override
  public synchronized ImmutableList<Output> exchange(Become become, List<Sh> commands)
      throws UnreachableException, BecomeException {
    if (become.user().isPresent() && sudoRefuses) {
      throw new BecomeException("wrong password for sudo");
    }
    delay();
    transcript.add(commands.stream().map(Sh::text).toList());
    if (transcript.size() >= cutAtRoundTrip) {
      throw new UnreachableException(UnreachableException.Phase.SESSION, "the connection was lost");
    }
    ImmutableList<Output> outputs =
        commands.stream()
            .map(command -> answer(command.text()))
            .collect(ImmutableList.toImmutableList());
    afterEach.accept(this);
    return outputs;
  }

  private void delay() {
    atWork.begin();
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atWork.end();
    }
  }

  private Output answer(String command) {
    String[] words = command.lines().reduce((a, b) -> b).orElseThrow().split(" ", 3);
    return switch (words[0]) {
      case "get" ->
          knobs.containsKey(words[1]) ? Output.ok(knobs.get(words[1])) : new Output(3, "", "");
      case "set" -> {
        knobs.put(words[1], words[2].replace("'", ""));
        yield Output.ok("");
      }
      case "keep" -> Output.ok("");
      case "break" -> new Output(1, "", "No space left on device");
      default -> Output.ok(command);
    };
  }

  @Override
  public String upload(Become become, Content content) {
    throw new AssertionError("nothing here is large");
  }

  @Override
  public synchronized int roundTrips() {
    return transcript.size();
  }

  @Override
  public void close() {}
}
