package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Question;
import dev.belay.remote.Become;
import dev.belay.remote.BecomeException;
import dev.belay.remote.Connection;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way to a host and back: a deed, if any, and behind it the questions of all items that want
 * answers. Items of one user travel in one script; another user's need a script of their own, sent
 * behind it.
 */
final class Exchange {
  private final Connection connection;
  private final String mark;

  Exchange(Connection connection, String mark) {
    this.connection = connection;
    this.mark = mark;
  }

  /** Asks; the items get their answers, or fail where their user cannot be had. */
  void ask(List<OpenItem> items) throws UnreachableException {
    for (Map.Entry<Become, List<OpenItem>> lane : lanes(items).entrySet()) {
      try {
        send(lane.getKey(), Optional.empty(), lane.getValue());
      } catch (BecomeException e) {
        lane.getValue().forEach(item -> item.settle(Outcome.of(Status.FAILED, e.getMessage())));
      }
    }
  }

  /** Does the deed of an item, then asks that item and the others; gives the deed's output. */
  Output act(OpenItem item, Sh deed, List<OpenItem> others)
      throws UnreachableException, BecomeException {
    List<OpenItem> all = new ArrayList<>();
    all.add(item);
    all.addAll(others);
    Map<Become, List<OpenItem>> lanes = lanes(all);
    List<OpenItem> own = lanes.remove(item.way().become());
    Output output = send(item.way().become(), Optional.of(deed), own).orElseThrow();
    ask(lanes.values().stream().flatMap(List::stream).toList());
    return output;
  }

  private static Map<Become, List<OpenItem>> lanes(List<OpenItem> items) {
    Map<Become, List<OpenItem>> lanes = new LinkedHashMap<>();
    for (OpenItem item : items) {
      lanes.computeIfAbsent(item.way().become(), become -> new ArrayList<>()).add(item);
    }
    return lanes;
  }

  private Optional<Output> send(Become become, Optional<Sh> deed, List<OpenItem> items)
      throws UnreachableException, BecomeException {
    List<Sh> commands = new ArrayList<>();
    deed.ifPresent(commands::add);
    List<Part> parts = Part.of(items, mark);
    parts.forEach(part -> commands.addAll(part.batch.commands()));
    if (commands.isEmpty()) {
      items.forEach(item -> item.answered(ImmutableList.of()));
      return Optional.empty();
    }
    ImmutableList<Output> outputs = connection.exchange(become, commands);
    int at = deed.isPresent() ? 1 : 0;
    for (Part part : parts) {
      int to = at + part.batch.commands().size();
      part.answer(outputs.subList(at, to));
      at = to;
    }
    return deed.map(done -> outputs.get(0));
  }

  /** Items that follow each other and run in the same way, so that their questions can be fused. */
  private record Part(List<OpenItem> items, Batch batch) {

    static List<Part> of(List<OpenItem> items, String mark) {
      List<Part> parts = new ArrayList<>();
      int from = 0;
      for (int to = 1; to <= items.size(); to++) {
        if (to == items.size() || !items.get(to).way().isLike(items.get(from).way())) {
          parts.add(of(items, from, to, mark));
          from = to;
        }
      }
      return parts;
    }

    private static Part of(List<OpenItem> items, int from, int to, String mark) {
      List<OpenItem> own = items.subList(from, to);
      List<Question> questions =
          own.stream().flatMap(item -> item.look().questions().stream()).toList();
      return new Part(own, Batch.of(questions, own.get(0).way()::around, mark));
    }

    void answer(List<Output> outputs) {
      ImmutableList<Output> answers = batch.answers(outputs);
      int at = 0;
      for (OpenItem item : items) {
        int to = at + item.look().questions().size();
        item.answered(answers.subList(at, to));
        at = to;
      }
    }
  }
}
