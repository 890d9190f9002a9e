package dev.belay.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Lookups on the control side: its environment, its files, and values made of values. */
final class ControlLookups implements Lookups {
  private final ImmutableMap<String, String> environment;
  private final Path folder;

  ControlLookups(ImmutableMap<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  @Override
  public ImmutableList<Object> find(
      String plugin,
      ImmutableList<Object> terms,
      ImmutableMap<String, Object> options,
      Scope scope) {
    String name = plugin.replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
    return switch (name) {
      case "env" ->
          each(terms, term -> environment.getOrDefault(term, text(options, "default", "")));
      case "file" -> each(terms, term -> read(term, options));
      case "vars" -> each(terms, term -> variable(term, options, scope));
      case "items" -> flat(terms);
      case "list" -> ImmutableList.copyOf(terms);
      case "dict" -> pairs(terms);
      case "fileglob" ->
          terms.stream()
              .flatMap(term -> glob(PythonText.str(term)).stream())
              .collect(toImmutableList());
      default ->
          throw wrong(
              "there is no lookup '"
                  + plugin
                  + "' here; there are env, file, vars, items, list, dict, fileglob");
    };
  }

  private interface Finder {
    Object find(String term);
  }

  private static ImmutableList<Object> each(List<Object> terms, Finder finder) {
    return terms.stream().map(term -> finder.find(PythonText.str(term))).collect(toImmutableList());
  }

  private static String text(ImmutableMap<String, Object> options, String name, String byDefault) {
    return Optional.ofNullable(options.get(name)).map(PythonText::str).orElse(byDefault);
  }

  private static EvaluationException wrong(String what) {
    return new EvaluationException(Position.of("lookup"), what);
  }

  private Object read(String name, ImmutableMap<String, Object> options) {
    for (Path file : List.of(folder.resolve("files").resolve(name), folder.resolve(name))) {
      if (Files.isRegularFile(file)) {
        try {
          String text = Files.readString(file);
          boolean keeps =
              options.containsKey("rstrip") && Boolean.FALSE.equals(options.get("rstrip"));
          return keeps ? text : text.stripTrailing();
        } catch (IOException e) {
          throw wrong(file + " cannot be read: " + e.getMessage());
        }
      }
    }
    throw wrong("there is no file '" + name + "' beside the playbook or in its folder 'files'");
  }

  private static Object variable(String name, ImmutableMap<String, Object> options, Scope scope) {
    return scope
        .find(name)
        .map(raw -> Template.resolve(raw, scope))
        .or(() -> Optional.ofNullable(options.get("default")))
        .orElseThrow(() -> wrong("there is no variable '" + name + "'"));
  }

  private static ImmutableList<Object> flat(List<Object> terms) {
    ImmutableList.Builder<Object> flat = ImmutableList.builder();
    for (Object term : terms) {
      flat.addAll(term instanceof List<?> list ? list : List.of(term));
    }
    return flat.build();
  }

  private static ImmutableList<Object> pairs(List<Object> terms) {
    ImmutableList.Builder<Object> pairs = ImmutableList.builder();
    for (Object term : terms) {
      if (!(term instanceof Map<?, ?> map)) {
        throw wrong("'dict' needs a dictionary");
      }
      map.forEach((key, value) -> pairs.add(ImmutableMap.of("key", key, "value", value)));
    }
    return pairs.build();
  }

  private List<String> glob(String pattern) {
    Path path = folder.resolve(pattern);
    Path parent = path.getParent();
    TreeSet<String> found = new TreeSet<>();
    if (parent != null && Files.isDirectory(parent)) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(parent, path.getFileName().toString())) {
        files.forEach(
            file -> {
              if (Files.isRegularFile(file)) {
                found.add(file.toString());
              }
            });
      } catch (IOException e) {
        throw wrong(parent + " cannot be read: " + e.getMessage());
      }
    }
    return List.copyOf(found);
  }
}
