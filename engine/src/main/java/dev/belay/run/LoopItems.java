package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.ItemsToFlatten;
import dev.belay.playbook.Loop;
import dev.belay.template.EvaluationException;
import dev.belay.template.Template;
import java.util.List;

/** The items of a loop on one host. */
final class LoopItems {
  private LoopItems() {}

  static ImmutableList<?> of(Loop loop, HostScope scope) {
    if (loop.items() instanceof ItemsToFlatten flatten) {
      return flat(Template.resolve(flatten.raw(), scope));
    }
    Object items = Template.resolve(loop.items(), scope);
    if (items instanceof List<?> list) {
      return ImmutableList.copyOf(list);
    }
    throw new EvaluationException(
        loop.at(),
        "'loop' needs a list, and this is not one: "
            + items
            + "; write a list, or a template that gives one");
  }

  private static ImmutableList<?> flat(Object items) {
    if (!(items instanceof List<?> list)) {
      return ImmutableList.of(items);
    }
    ImmutableList.Builder<Object> flat = ImmutableList.builder();
    for (Object item : list) {
      if (item instanceof List<?> inner) {
        flat.addAll(inner);
      } else {
        flat.add(item);
      }
    }
    return flat.build();
  }
}
