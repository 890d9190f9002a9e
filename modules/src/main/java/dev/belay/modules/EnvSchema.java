package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import dev.belay.module.Content;
import dev.belay.module.Remark;
import dev.belay.problem.Nearest;
import dev.belay.problem.Problems;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the variables that jobs on NPUs read: their values, and what goes wrong beside
 * each other. All of it is in the resource {@code env-schema.yml}, so that it can be read, checked
 * against its sources and extended without a line of Java; ADR 0016.
 */
record EnvSchema(ImmutableMap<String, Variable> variables, ImmutableList<EnvRule> rules) {
  private static final String RESOURCE = "env-schema.yml";

  /** Names that begin so are meant for a job on NPUs. */
  private static final String OURS = "(HCCL|ASCEND|PYTORCH_NPU|VLLM_ASCEND|TASK_QUEUE|CPU_AFF).*";

  /** Read when it is first used. */
  private static final class Lazy {
    private static final EnvSchema BUILTIN = read();
  }

  /** Who reads a file. */
  enum Scope {
    /** Every login or session. */
    GLOBAL,
    /** One service or container. */
    SERVICE
  }

  /**
   * One variable.
   *
   * @param fatal whether a value that is not of its type ends the job
   * @param otherwise what happens with such a value
   * @param mind what else is to be known; may be empty
   */
  record Variable(
      String name,
      String group,
      String what,
      EnvType type,
      String byDefault,
      boolean fatal,
      String otherwise,
      String mind,
      String from) {}

  /**
   * What was found.
   *
   * @param conflicts why a job would not run
   * @param risks what may do harm
   */
  record Findings(ImmutableList<String> conflicts, ImmutableList<String> risks) {
    static final Findings NONE = new Findings(ImmutableList.of(), ImmutableList.of());

    List<Remark> remarks() {
      return risks.stream().map(Remark::risk).toList();
    }
  }

  static EnvSchema builtin() {
    return Lazy.BUILTIN;
  }

  private static EnvSchema read() {
    Content file =
        new Content(
            RESOURCE, Resources.asByteSource(Resources.getResource(EnvSchema.class, RESOURCE)));
    Problems problems = new Problems();
    Optional<Map<?, ?>> read =
        Yaml.read(RESOURCE, file.text(), problems).map(node -> (Map<?, ?>) NodeValues.plain(node));
    problems.throwIfAny();
    Map<?, ?> schema = read.orElseThrow();
    Map<?, ?> variables = (Map<?, ?>) schema.get("variables");
    ImmutableMap.Builder<String, Variable> all = ImmutableMap.builder();
    variables.forEach(
        (name, entry) ->
            all.put(name.toString(), variable(name.toString(), (Map<?, ?>) entry, variables)));
    ImmutableList<EnvRule> rules =
        ((List<?>) schema.get("rules"))
            .stream()
                .map(rule -> EnvRule.of((Map<?, ?>) rule))
                .collect(ImmutableList.toImmutableList());
    return new EnvSchema(all.buildOrThrow(), rules);
  }

  private static Variable variable(String name, Map<?, ?> entry, Map<?, ?> all) {
    Map<?, ?> typed =
        entry.containsKey("same_as") ? (Map<?, ?>) all.get(entry.get("same_as")) : entry;
    return new Variable(
        name,
        text(entry, "group"),
        text(entry, "what"),
        EnvType.of(typed),
        text(entry, "default"),
        !text(entry, "invalid").equals("risk"),
        text(entry, "otherwise"),
        text(entry, "mind"),
        text(entry, "from"));
  }

  private static String text(Map<?, ?> entry, String key) {
    return entry.containsKey(key) ? entry.get(key).toString() : "";
  }

  /** What is wrong or risky in an environment. */
  Findings check(Map<String, String> values, Soc soc, Scope scope) {
    List<String> conflicts = new ArrayList<>();
    List<String> risks = new ArrayList<>();
    values.forEach(
        (name, value) ->
            Optional.ofNullable(variables.get(name))
                .ifPresentOrElse(
                    variable ->
                        wrong(variable, value)
                            .ifPresent(why -> (variable.fatal ? conflicts : risks).add(why)),
                    () -> misspelt(name).ifPresent(risks::add)));
    for (EnvRule rule : rules) {
      if (rule.speaksOf(values, soc, scope)) {
        (rule.fatal() ? conflicts : risks).add(rule.why());
      }
    }
    return new Findings(ImmutableList.copyOf(conflicts), ImmutableList.copyOf(risks));
  }

  private static Optional<String> wrong(Variable variable, String value) {
    return variable
        .type
        .wrong(value)
        .map(why -> variable.name + "=" + value + ": it " + why + "; else " + variable.otherwise);
  }

  private Optional<String> misspelt(String name) {
    return Optional.of(name)
        .filter(n -> n.matches(OURS))
        .flatMap(n -> Nearest.to(n, variables.keySet()))
        .map(
            near -> name + " is read by nothing that the schema knows; did you mean " + near + "?");
  }
}
