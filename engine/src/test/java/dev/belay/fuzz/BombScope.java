package dev.belay.fuzz;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import java.util.Map;
import java.util.Optional;

/** Variables that stand for themselves or for very much, and a file that includes itself. */
final class BombScope {
  private BombScope() {}

  private static final Map<String, Object> VARIABLES =
      ImmutableMap.<String, Object>builder()
          .put("a", value("{{ b }}"))
          .put("b", value("{{ a }}"))
          .put("c", value("{{ lookup('vars', 'c') }}"))
          .put("l0", value("{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}"))
          .put("l1", value("{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}"))
          .put("l2", value("{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}"))
          .put("l3", value("{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}"))
          .put("l4", value("{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}"))
          .put("l5", value("{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}"))
          .put("l6", value("{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}"))
          .put("l7", value("{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}"))
          .put("n", 7L)
          .buildOrThrow();

  static final Scope SCOPE =
      new Scope() {
        @Override
        public Optional<Object> find(String name) {
          return Optional.ofNullable(VARIABLES.get(name));
        }

        @Override
        public ImmutableList<Object> lookup(
            String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
          return terms;
        }

        @Override
        public ImmutableList<Object> yaml(String text) {
          return ImmutableList.of(DocumentBombs.value(text));
        }

        @Override
        public Optional<Template> template(String name, TemplateSyntax syntax) {
          return Optional.of(file("{% include 'self' %}{{ lookup('template', 'self') }}"));
        }
      };

  private static Object value(String text) {
    return Template.of(text, SourceMap.fixed(Position.of("bomb")));
  }

  static Template file(String text) {
    return Template.file(
        text, SourceMap.plain(text, new Position("bomb", 1, 1)), TemplateSyntax.USUAL);
  }
}
