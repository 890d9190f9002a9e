package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.playbook.Loop;
import dev.belay.template.EvaluationException;
import dev.belay.template.Template;
import java.util.List;

/** The items of a loop on one host. */
final class LoopItems {
  /** Others take a single value as a list of one. */
  private static final ImmutableSet<String> NEED_A_LIST = ImmutableSet.of("list", "indexed_items");

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
    boolean needsList = loop.plugin().filter(NEED_A_LIST::contains).isPresent();
    if (needsList && !(items instanceof List)) {
      throw new EvaluationException(
          loop.at(), "with_" + loop.plugin().orElseThrow() + " expects a list");
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
