package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.VarsPrompt;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.value.None;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the variables of {@code vars_prompt}: all of a run's before any host is contacted.
 *
 * <p>Where nobody can be asked the default is taken, as Ansible does. Where there is none that is a
 * mistake; Ansible goes on with the word None.
 */
final class Prompts {
  /** So often somebody may type two different texts. */
  private static final int TRIES = 5;

  private final ControlSide control;
  private final ImmutableMap<String, Object> extra;
  private final Problems problems;

  Prompts(ControlSide control, ImmutableMap<String, Object> extra, Problems problems) {
    this.control = control;
    this.extra = extra;
    this.problems = problems;
  }

  /** The answers, by the names of their variables. */
  ImmutableMap<String, Object> answers(List<VarsPrompt> prompts, HostScope scope) {
    ImmutableMap.Builder<String, Object> answers = ImmutableMap.builder();
    for (VarsPrompt prompt : prompts) {
      if (!extra.containsKey(prompt.name())) {
        answers.put(prompt.name(), answer(prompt, scope));
      }
    }
    return answers.buildKeepingLast();
  }

  private Object answer(VarsPrompt prompt, HostScope scope) {
    try {
      Optional<Object> byDefault = prompt.byDefault().map(raw -> Template.resolve(raw, scope));
      if (control.purpose() == ControlSide.Purpose.SHOW) {
        return byDefault.orElse(None.NONE);
      }
      Optional<String> typed = asked(prompt, question(prompt, byDefault, scope));
      if (typed.isEmpty() && byDefault.isEmpty()) {
        problems.add(
            prompt.at(),
            "nobody can be asked for '" + prompt.name() + "' here, and it has no default",
            "pass it with -e " + prompt.name() + "=…");
      }
      return typed
          .filter(text -> !text.isEmpty() || byDefault.isEmpty())
          .map(text -> value(prompt, text))
          .or(() -> byDefault)
          .orElse("");
    } catch (EvaluationException e) {
      problems.add(e.at(), e.getMessage(), "a prompt may use the play's variables and -e");
      return "";
    }
  }

  private static String question(VarsPrompt prompt, Optional<Object> byDefault, HostScope scope) {
    return PythonText.str(Template.resolve(prompt.prompt(), scope))
        + byDefault.map(value -> " [" + PythonText.str(value) + "]").orElse("")
        + ": ";
  }

  private Optional<String> asked(VarsPrompt prompt, String question) {
    Asker.Echo echo = prompt.echo() == VarsPrompt.Echo.SHOWN ? Asker.Echo.SHOWN : Asker.Echo.HIDDEN;
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<String> typed = control.asker().ask(question, echo);
      if (typed.isEmpty() || prompt.confirm() == VarsPrompt.Confirm.ONCE) {
        return typed;
      }
      if (typed.equals(control.asker().ask("confirm " + question, echo))) {
        return typed;
      }
    }
    problems.add(prompt.at(), "what was typed for '" + prompt.name() + "' differs each time");
    return Optional.of("");
  }

  private Object value(VarsPrompt prompt, String text) {
    if (prompt.echo() == VarsPrompt.Echo.HIDDEN) {
      control.vault().secrets().keep(text);
    }
    if (prompt.trust() == VarsPrompt.Trust.TEXT) {
      return text;
    }
    try {
      return Template.of(text, SourceMap.fixed(prompt.at()));
    } catch (ProblemsException e) {
      // A password may look like anything.
      return text;
    }
  }
}
