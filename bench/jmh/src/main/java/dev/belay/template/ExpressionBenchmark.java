package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The expression engine: reading a text once, and evaluating it as every host does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {
  private static final SourceMap HERE = SourceMap.fixed(Position.of("benchmark"));

  /** What conditions and templates of playbooks look like. */
  @Param({
    "marked.stat.exists",
    "ansible_facts.architecture == 'aarch64' and cards | int > 4",
    "hosts | map('upper') | select('match', 'NPU.*') | join(',')",
    "/etc/sysctl.d/90-{{ name | replace('.', '-') }}.conf",
    "{% for host in hosts %}192.0.2.{{ loop.index }} {{ host }}\n{% endfor %}"
  })
  String text;

  private Object compiled;
  private final Variables variables = new Variables();

  /** A host's variables. */
  private static final class Variables implements dev.belay.template.Scope {
    private final ImmutableMap<String, Object> values =
        ImmutableMap.of(
            "marked", ImmutableMap.of("stat", ImmutableMap.of("exists", true)),
            "ansible_facts", ImmutableMap.of("architecture", "aarch64"),
            "cards", "8",
            "name", "vm.swappiness",
            "hosts", ImmutableList.of("npu01", "npu02", "npu03", "npu04", "store"));

    @Override
    public Optional<Object> find(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public ImmutableList<Object> lookup(
        String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
      throw new IllegalArgumentException(plugin);
    }
  }

  @Setup
  public void compile() {
    compiled = compiled();
  }

  private Object compiled() {
    return text.contains("{") ? Template.of(text, HERE) : Expression.of(text, HERE);
  }

  /** From the text to the tree. */
  @Benchmark
  public Object read() {
    return compiled();
  }

  /** From the tree to the value. */
  @Benchmark
  public Object evaluate() {
    return compiled instanceof Expression expression
        ? expression.evaluate(variables)
        : Template.resolve(compiled, variables);
  }
}
