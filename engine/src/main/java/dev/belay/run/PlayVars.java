package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Play;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.template.EvaluationException;
import dev.belay.template.UndefinedException;
import java.util.List;

/** Puts together the variables of a play: its own, what was asked for, and those of its files. */
final class PlayVars {
  private final Play play;
  private final RunOptions options;
  private final Problems problems;
  private final ImmutableList<VarsFiles.Entry> files;
  private ImmutableMap<String, Object> vars;

  PlayVars(Play play, RunOptions options, Problems problems) {
    this.play = play;
    this.options = options;
    this.problems = problems;
    VarsFiles all = new VarsFiles(play.folder(), options.control().vault(), play.at());
    files =
        play.varsFiles().stream()
            .map(raw -> new VarsFiles.Entry(all, raw))
            .collect(ImmutableList.toImmutableList());
    vars = play.vars();
  }

  PlayLayers read() {
    Prompts prompts = new Prompts(options.control(), options.extraVariables(), problems);
    vars = joined(vars, prompts.answers(play.varsPrompts(), scope()));
    int plain = 0;
    while (plain < files.size() && !files.get(plain).hangsOnVariables()) {
      vars = joined(vars, variables(files.get(plain++)));
    }
    ImmutableMap<String, Object> known = vars;
    List<VarsFiles.Entry> late = files.subList(plain, files.size());
    for (VarsFiles.Entry entry : late) {
      vars = joined(vars, variables(entry));
    }
    return new PlayLayers(
        play.roleDefaults(),
        known,
        ImmutableList.copyOf(late),
        play.roleVars(),
        joined(vars, play.roleVars()));
  }

  /** A name that hangs on a host is left for when there is one. */
  private ImmutableMap<String, Object> variables(VarsFiles.Entry entry) {
    try {
      return entry.variables(scope());
    } catch (UndefinedException e) {
      return ImmutableMap.of();
    } catch (EvaluationException e) {
      if (!entry.hangsOnVariables()) {
        problems.add(e.at(), e.getMessage(), "looked for it beside the playbook, and in 'vars'");
      }
    } catch (ProblemsException e) {
      problems.addAll(e);
    }
    return ImmutableMap.of();
  }

  private HostScope scope() {
    return HostScope.of(
        new Variables(
            options.extraVariables(),
            ImmutableMap.of("playbook_dir", play.folder().toString()),
            new PlayLayers(
                play.roleDefaults(), vars, ImmutableList.of(), play.roleVars(), ImmutableMap.of()),
            ImmutableMap.of(),
            new Variables.Memory()));
  }

  private static ImmutableMap<String, Object> joined(
      ImmutableMap<String, Object> one, ImmutableMap<String, Object> more) {
    return ImmutableMap.<String, Object>builder().putAll(one).putAll(more).buildKeepingLast();
  }
}
