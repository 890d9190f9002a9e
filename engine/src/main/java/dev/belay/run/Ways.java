package dev.belay.run;

import com.google.common.collect.ImmutableSet;
import dev.belay.module.Convert;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Keywords;
import dev.belay.playbook.Task;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds for each task of a host's play the way to where it works: mostly the host itself, as the
 * play says; else the host that it is delegated to, or another connection.
 */
final class Ways {
  private static final ImmutableSet<Keyword> CONNECTING =
      ImmutableSet.of(Keyword.CONNECTION, Keyword.REMOTE_USER, Keyword.PORT);

  private final String host;
  private final Keywords play;
  private final Keyed keyed;
  private final RunOptions options;
  private final Links links;
  private final Function<String, Variables> variables;
  private final HostLink usual;

  /**
   * The ways of one host of a play.
   *
   * @param play what the play says for all tasks
   * @param variables of any host, whether the inventory has it or not
   * @throws EvaluationException where what says how to get to the host has no value
   */
  Ways(
      String host,
      Keywords play,
      RunOptions options,
      Links links,
      Function<String, Variables> variables) {
    this.host = host;
    this.play = play;
    this.options = options;
    this.links = links;
    this.variables = variables;
    keyed = new Keyed(variables.apply(host), options);
    usual = links.to(new HostSettingsMaker(options, variables.apply(host)).settings(host, play));
  }

  /** Whether the host is this machine: what a task changes there, the next may read here. */
  boolean areHere() {
    return usual.isHere();
  }

  /** Closes the usual way; it is opened again when it is next needed. */
  void reset() {
    usual.close();
  }

  /**
   * Whether the task must be the only one that is open: what it works on may be what another host
   * has changed, or it is not the only one that waits there.
   */
  boolean isApart(Task task) {
    Keywords keywords = task.keywords();
    return keywords.said(Keyword.DELEGATE_TO).isPresent()
        || keywords.said(Keyword.THROTTLE).isPresent()
        || keywords.said(Keyword.TIMEOUT).isPresent()
        || keywords.said(Keyword.ASYNC).isPresent()
        || isUnusual(keywords);
  }

  private boolean isUnusual(Keywords keywords) {
    return CONNECTING.stream()
            .anyMatch(word -> !Objects.equals(keywords.said(word), play.said(word)))
        || keywords.vars().stream().anyMatch(HostSettingsMaker::readsAnyOf);
  }

  /** The way for one turn of a task. */
  Way of(Task task, HostScope scope) {
    Keywords keywords = task.keywords();
    Optional<String> delegate =
        keywords.said(Keyword.DELEGATE_TO).map(raw -> PythonText.str(Template.resolve(raw, scope)));
    if (delegate.filter(String::isEmpty).isPresent()) {
      throw new EvaluationException(task.at(), "'delegate_to' names no host");
    }
    Keyed there = delegate.map(name -> new Keyed(variables.apply(name), options)).orElse(keyed);
    return new Way(
        link(keywords, delegate, scope),
        there.become(keywords, scope),
        keyed.environment(task, scope),
        seconds(keywords, Keyword.TIMEOUT, scope),
        background(keywords, scope),
        delegate);
  }

  private HostLink link(Keywords keywords, Optional<String> delegate, HostScope scope) {
    if (delegate.isEmpty() && !isUnusual(keywords)) {
      return usual;
    }
    String to = delegate.orElse(host);
    return links.to(
        new HostSettingsMaker(options, variables.apply(to), scope).settings(to, keywords));
  }

  private static Optional<Background> background(Keywords keywords, HostScope scope) {
    return seconds(keywords, Keyword.ASYNC, scope)
        .map(
            limit ->
                new Background(
                    limit,
                    keywords.said(Keyword.POLL).isEmpty()
                        ? Optional.of(Background.POLL)
                        : seconds(keywords, Keyword.POLL, scope)));
  }

  /** A number of seconds; none is as good as not given. */
  private static Optional<Duration> seconds(Keywords keywords, Keyword word, HostScope scope) {
    return number(keywords, word, scope).filter(n -> n > 0).map(Duration::ofSeconds);
  }

  /** How many hosts may do the task at once; empty for any number. */
  static Optional<Long> throttle(Keywords keywords, HostScope scope) {
    return number(keywords, Keyword.THROTTLE, scope).filter(n -> n > 0);
  }

  private static Optional<Long> number(Keywords keywords, Keyword word, HostScope scope) {
    return keywords
        .said(word)
        .map(raw -> Template.resolve(raw, scope))
        .map(
            value -> {
              try {
                return Convert.integer(value);
              } catch (IllegalArgumentException e) {
                throw new EvaluationException(
                    dev.belay.problem.Position.of(word.word()),
                    "'" + word.word() + "' " + e.getMessage());
              }
            });
  }
}
