package dev.belay.module;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of task: its name, its parameters, its documentation, and how arguments become a resource.
 * Reference page, argument checking and {@code belay doc} all come from it.
 *
 * @param name Ansible's short name where Ansible has the module
 * @param collection what stands before the short name in the full one: {@code ansible.builtin},
 *     {@code belay.builtin}
 * @param summary one sentence
 * @param doc further paragraphs: limits, what differs from Ansible and why
 * @param freeForm the parameter that a bare text stands for, as in {@code command: ls /tmp}
 * @param examples tasks in YAML, each a list item
 * @param results what {@code register} gets: name and meaning
 * @param pace whether hosts may look ahead of it
 * @param takesOthers whether names that are no parameter are taken too, as {@code set_fact} does
 * @param resource makes the resource; throws {@link IllegalArgumentException} with a sentence for
 *     the user where the arguments contradict each other
 */
public record ModuleSpec(
    String name,
    String collection,
    String summary,
    String doc,
    ImmutableList<Parameter> parameters,
    Optional<String> freeForm,
    ImmutableList<String> examples,
    ImmutableList<Result> results,
    Pace pace,
    boolean takesOthers,
    Function<Args, Resource<?>> resource) {

  /** How its tasks go together with others. */
  public enum Pace {
    /** What stands behind it may be looked at before it is done. */
    AHEAD,
    /** Nothing behind it is looked at before it is done: the host may be away meanwhile. */
    ALONE,
    /** One host does it for all of the play, and nothing behind it is looked at before. */
    ONCE
  }

  /** One value of the result. */
  public record Result(String name, String doc) {}

  /** Starts a specification. */
  public static Builder named(String collection, String name) {
    return new Builder(collection, name);
  }

  public String fullName() {
    return collection + "." + name;
  }

  /** The parameter that a playbook may call so. */
  public Optional<Parameter> parameter(String word) {
    return parameters.stream().filter(parameter -> parameter.isCalled(word)).findFirst();
  }

  /** All words that may stand for a parameter. */
  public ImmutableList<String> words() {
    return parameters.stream()
        .flatMap(
            p -> ImmutableList.<String>builder().add(p.name()).addAll(p.aliases()).build().stream())
        .collect(toImmutableList());
  }

  /** Collects the parts of a specification. */
  public static final class Builder {
    private final String collection;
    private final String name;
    private String summary = "";
    private String doc = "";
    private Optional<String> freeForm = Optional.empty();
    private boolean takesOthers;
    private Pace pace = Pace.AHEAD;
    private final ImmutableList.Builder<Parameter> parameters = ImmutableList.builder();
    private final ImmutableList.Builder<String> examples = ImmutableList.builder();
    private final ImmutableList.Builder<Result> results = ImmutableList.builder();

    private Builder(String collection, String name) {
      this.collection = collection;
      this.name = name;
    }

    public Builder summary(String sentence) {
      summary = sentence;
      return this;
    }

    public Builder doc(String paragraphs) {
      doc = paragraphs;
      return this;
    }

    public Builder freeForm(String parameter) {
      freeForm = Optional.of(parameter);
      return this;
    }

    public Builder parameters(Parameter... more) {
      parameters.add(more);
      return this;
    }

    public Builder parameters(Iterable<Parameter> more) {
      parameters.addAll(more);
      return this;
    }

    public Builder pace(Pace other) {
      pace = other;
      return this;
    }

    /** Any other name is taken too. */
    public Builder anyParameter() {
      takesOthers = true;
      return this;
    }

    public Builder example(String yaml) {
      examples.add(yaml);
      return this;
    }

    public Builder result(String key, String meaning) {
      results.add(new Result(key, meaning));
      return this;
    }

    /** The specification, whose resources are made so. */
    public ModuleSpec makes(Function<Args, Resource<?>> resource) {
      checkArgument(!summary.isEmpty(), "%s has no summary", name);
      return new ModuleSpec(
          name,
          collection,
          summary,
          doc,
          parameters.build(),
          freeForm,
          examples.build(),
          results.build(),
          pace,
          takesOthers,
          resource);
    }
  }
}
