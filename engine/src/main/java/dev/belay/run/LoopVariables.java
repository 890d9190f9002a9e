package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Loop;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.util.List;

/** What the turns of a loop know of themselves, under Ansible's names. */
record LoopVariables(Loop loop, ImmutableList<?> items, HostScope scope) {

  /** What the turn of that number, from 0, knows. */
  ImmutableMap<String, Object> of(int index) {
    ImmutableMap.Builder<String, Object> names = ImmutableMap.builder();
    String variable = PythonText.str(Template.resolve(loop.variable(), scope));
    names.put(variable, items.get(index));
    names.put(HostScope.LOOP_VAR, variable);
    loop.indexVariable()
        .map(raw -> PythonText.str(Template.resolve(raw, scope)))
        .ifPresent(name -> names.put(name, (long) index).put(HostScope.INDEX_VAR, name));
    if (Keyed.flag(loop.extended(), scope).orElse(false)) {
      names.put(HostScope.LOOP, extended(index));
    }
    return names.buildKeepingLast();
  }

  private ImmutableMap<String, Object> extended(int index) {
    int length = items.size();
    ImmutableMap.Builder<String, Object> more = ImmutableMap.builder();
    more.put("index", index + 1L).put("index0", (long) index);
    more.put("first", index == 0).put("last", index + 1 == length);
    more.put("length", (long) length);
    more.put("revindex", (long) length - index).put("revindex0", length - index - 1L);
    if (index > 0) {
      more.put("previtem", items.get(index - 1));
    }
    if (index + 1 < length) {
      more.put("nextitem", items.get(index + 1));
    }
    if (Keyed.flag(loop.extendedAllItems(), scope).orElse(true)) {
      more.put("allitems", List.copyOf(items));
    }
    return more.buildOrThrow();
  }

  /** Milliseconds between two turns. */
  static long pauseMillis(Loop loop, HostScope scope) {
    String text = loop.pause().map(raw -> PythonText.str(Template.resolve(raw, scope))).orElse("0");
    try {
      return Math.max(0, (long) (Double.parseDouble(text) * 1000));
    } catch (NumberFormatException e) {
      throw new dev.belay.template.EvaluationException(
          loop.at(), "'pause' must be a number of seconds, not '" + text + "'");
    }
  }
}
