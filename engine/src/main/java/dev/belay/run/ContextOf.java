package dev.belay.run;

import dev.belay.module.TaskContext;
import dev.belay.playbook.Keyword;
import dev.belay.template.Template;
import java.util.Optional;

/** What a resource may know of the task that it is for. */
record ContextOf(OpenTask open, HostScope scope) implements TaskContext {

  @Override
  public boolean isCheck() {
    return open.mode() == RunOptions.Mode.CHECK;
  }

  @Override
  public boolean isHidden() {
    return Keyed.flag(open.task().keywords().said(Keyword.NO_LOG), scope).orElse(false);
  }

  @Override
  public Optional<Object> variable(String name) {
    return scope.find(name).map(raw -> Template.resolve(raw, scope));
  }

  @Override
  public Optional<Object> setting(String name) {
    return scope
        .variables()
        .forConnecting(name, scope.task())
        .map(raw -> Template.resolve(raw, scope));
  }
}
