package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.custom.UserModule;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.value.None;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code module_defaults}: arguments for all tasks of a module that do not give them. Names
 * of modules are plain text; what they get may hang on variables. As in Ansible, an inner mapping
 * for a module takes the place of an outer one; the two are not mixed.
 */
public final class ModuleDefaults {
  private static final String WORD = "module_defaults";
  private static final String GROUP = "group/";

  private final ModuleCatalog modules;
  private final Problems problems;

  ModuleDefaults(ModuleCatalog modules, Problems problems) {
    this.modules = modules;
    this.problems = problems;
  }

  /** What the keyword says, by the full names of modules: a mapping, or a list of such. */
  ImmutableMap<String, Node> read(Fields fields) {
    Map<String, Node> defaults = new LinkedHashMap<>();
    fields
        .node(WORD)
        .ifPresent(
            node -> {
              if (node instanceof Node.Sequence list) {
                list.items().forEach(item -> add(item, defaults));
              } else {
                add(node, defaults);
              }
            });
    return ImmutableMap.copyOf(defaults);
  }

  private void add(Node node, Map<String, Node> defaults) {
    if (node instanceof Node.Mapping map) {
      map.entries().forEach(entry -> add(entry, defaults));
    } else {
      problems.add(
          node.at(),
          "'module_defaults' must be a mapping of modules to arguments",
          "only the arguments may be a template");
    }
  }

  private void add(Node.Entry entry, Map<String, Node> defaults) {
    String word = entry.name();
    Optional<ModuleSpec> module = modules.find(word);
    if (word.startsWith(GROUP)) {
      problems.add(
          entry.key().at(),
          "groups of modules are not known here",
          "name each module in place of '" + word + "'");
    } else if (modules.refusal(word).isPresent()) {
      UserModule.Refused refused = modules.refusal(word).get();
      problems.add(entry.key().at(), refused.why(), refused.remedy());
    } else if (module.isEmpty()) {
      problems.add(
          entry.key().at(),
          "there is no module '" + word + "'",
          Nearest.hint(word, modules.names(), "'belay doc' lists all modules"));
    } else if (isMapping(entry.value())) {
      refuseUnknown(module.get(), entry.value());
      defaults.put(module.get().fullName(), entry.value());
    } else {
      problems.add(
          entry.value().at(), "the module_defaults of '" + word + "' are no mapping of arguments");
    }
  }

  private static boolean isMapping(Node node) {
    return node instanceof Node.Mapping
        || node instanceof Node.Scalar text
            && (text.value() == None.NONE || text.text().contains("{{"));
  }

  private void refuseUnknown(ModuleSpec module, Node node) {
    if (node instanceof Node.Mapping map) {
      map.entries()
          .forEach(
              entry ->
                  Args.unknown(module, entry.name())
                      .ifPresent(what -> problems.add(entry.key().at(), what)));
    }
  }

  /** What the keywords say for a module. */
  static Optional<Node> of(ModuleSpec module, Keywords keywords) {
    return Optional.ofNullable(keywords.moduleDefaults().get(module.fullName()));
  }

  /** Adds what a task does not give itself. */
  static void addTo(Map<String, Node> given, ModuleSpec module, Optional<Node> defaults) {
    ImmutableList<String> words = ImmutableList.copyOf(given.keySet());
    if (defaults.isPresent() && defaults.get() instanceof Node.Mapping map) {
      map.entries().stream()
          .filter(entry -> isOpen(module, entry.name(), words))
          .forEach(entry -> given.put(entry.name(), entry.value()));
    }
  }

  /** Whether a parameter is given by none of its names. */
  public static boolean isOpen(ModuleSpec module, String word, Collection<String> given) {
    return module
        .parameter(word)
        .map(parameter -> given.stream().noneMatch(parameter::isCalled))
        .orElse(!given.contains(word));
  }

  /** What can be had from variables only. */
  static Optional<Object> late(Optional<Node> defaults, Problems problems) {
    return defaults
        .filter(node -> node instanceof Node.Scalar text && text.value() != None.NONE)
        .map(node -> NodeValues.of(node, problems));
  }

  /** The arguments of a task that the engine adds, which gives none itself. */
  public static Arguments arguments(ModuleSpec module, Keywords keywords, Position at) {
    Problems told = new Problems();
    Optional<Node> defaults = of(module, keywords);
    Map<String, Node> nodes = new LinkedHashMap<>();
    addTo(nodes, module, defaults);
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    ImmutableMap.Builder<String, Position> places = ImmutableMap.builder();
    nodes.forEach(
        (word, node) -> {
          values.put(word, NodeValues.of(node, told));
          places.put(word, node.at());
        });
    return new Arguments(
        values.buildOrThrow(),
        places.buildOrThrow(),
        late(defaults, told).map(ImmutableList::of).orElse(ImmutableList.of()),
        ImmutableList.of(),
        at);
  }
}
