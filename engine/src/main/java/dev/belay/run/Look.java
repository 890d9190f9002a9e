package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.Done;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Question;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import java.util.List;
import java.util.function.Supplier;

/**
 * A resource and its probe: what to ask, and what answers come to. Knows of no connection. Also the
 * net under all modules: a text of the host, or a pattern of the user's, that goes deeper than a
 * thread's stack is a failure of its task.
 */
final class Look<S> {
  static final String TOO_DEEP =
      "this nests too deep: a value, or a regular expression on a long text; in a pattern write"
          + " [ab]* in place of (a|b)*";

  private final Resource<S> resource;
  private final Probe<S> probe;

  private Look(Resource<S> resource) {
    this.resource = resource;
    probe = probe(resource);
  }

  private static <S> Probe<S> probe(Resource<S> resource) {
    try {
      return resource.probe();
    } catch (IllegalArgumentException e) {
      throw new BadArgumentsException(ImmutableList.of(String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      throw new BadArgumentsException(ImmutableList.of(TOO_DEEP));
    }
  }

  static <S> Look<S> at(Resource<S> resource) {
    return new Look<>(resource);
  }

  ImmutableList<Question> questions() {
    return probe.questions();
  }

  /** What the answers show. */
  Seen see(List<Output> answers) {
    return guarded(
        () -> {
          S seen = probe.read(answers);
          return new Seen(resource.plan(seen), resource.result(seen));
        });
  }

  /** What the steps of a change said that is worth telling. */
  Done done(Output output) {
    try {
      return resource.done(output);
    } catch (StackOverflowError e) {
      Remark remark = Remark.note("what the command said could not be read: " + TOO_DEEP);
      return new Done(ImmutableMap.of(), ImmutableList.of(remark));
    }
  }

  /** What the answers after a change show, which the ones before it led to. */
  Seen seeAgain(List<Output> before, List<Output> answers) {
    return guarded(
        () -> {
          S seen = probe.read(answers);
          return new Seen(resource.plan(seen), resource.resultOfChange(probe.read(before), seen));
        });
  }

  private static Seen guarded(Supplier<Seen> seeing) {
    try {
      return seeing.get();
    } catch (StackOverflowError e) {
      return new Seen(Plan.impossible(TOO_DEEP), ImmutableMap.of());
    }
  }

  /** What is to be done, and what is known already. */
  record Seen(Plan plan, ImmutableMap<String, Object> result) {}
}
