package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Done;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Question;
import dev.belay.module.Resource;
import dev.belay.shell.Output;
import java.util.List;

/** A resource and its probe: what to ask, and what answers come to. Knows of no connection. */
final class Look<S> {
  private final Resource<S> resource;
  private final Probe<S> probe;

  private Look(Resource<S> resource) {
    this.resource = resource;
    probe = resource.probe();
  }

  static <S> Look<S> at(Resource<S> resource) {
    return new Look<>(resource);
  }

  ImmutableList<Question> questions() {
    return probe.questions();
  }

  /** What the answers show. */
  Seen see(List<Output> answers) {
    S seen = probe.read(answers);
    return new Seen(resource.plan(seen), resource.result(seen));
  }

  /** What the steps of a change said that is worth telling. */
  Done done(Output output) {
    return resource.done(output);
  }

  /** What the answers after a change show, which the ones before it led to. */
  Seen seeAgain(List<Output> before, List<Output> answers) {
    S seen = probe.read(answers);
    return new Seen(resource.plan(seen), resource.resultOfChange(probe.read(before), seen));
  }

  /** What is to be done, and what is known already. */
  record Seen(Plan plan, ImmutableMap<String, Object> result) {}
}
