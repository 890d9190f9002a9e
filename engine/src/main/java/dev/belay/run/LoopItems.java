package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Loop;
import dev.belay.template.EvaluationException;
import dev.belay.template.Template;
import java.util.List;
import java.util.Optional;

/** The items of a loop on one host. */
final class LoopItems {
  private LoopItems() {}

  static ImmutableList<?> of(Loop loop, HostScope scope) {
    Object items = Template.resolve(loop.items(), scope);
    if (loop.plugin().isPresent()) {
      return found(loop, items, scope);
    }
    if (items instanceof List<?> list) {
      return ImmutableList.copyOf(list);
    }
    throw new EvaluationException(
        loop.at(),
        "'loop' needs a list, and this is not one: "
            + items
            + "; write a list, or a template that gives one");
  }

  private static ImmutableList<?> found(Loop loop, Object items, HostScope scope) {
    if (loop.plugin().equals(Optional.of("list")) && !(items instanceof List)) {
      throw new EvaluationException(
          loop.at(), "with_list expects a list, and this is none: " + items);
    }
    ImmutableList<Object> terms =
        items instanceof List<?> list ? ImmutableList.copyOf(list) : ImmutableList.of(items);
    try {
      return scope.lookup(loop.plugin().orElseThrow(), terms, ImmutableMap.of());
    } catch (EvaluationException e) {
      throw new EvaluationException(loop.at(), e.getMessage());
    }
  }
}
