package dev.belay.run;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PythonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The lookup {@code first_found}: of several files of the control side the first that is there.
 *
 * @param files where files are looked for, the nearest first
 * @param templates where templates are
 * @param vars where files of variables are
 */
record FirstFound(
    ImmutableList<Path> files, ImmutableList<Path> templates, ImmutableList<Path> vars) {

  /** Its path, alone; nothing where it is skipped. */
  ImmutableList<Object> find(List<Object> terms, ImmutableMap<String, Object> options) {
    List<String> candidates = new ArrayList<>();
    boolean skips = isTrue(options.get("skip"));
    if (options.containsKey("files")) {
      candidates.addAll(candidates(options));
    }
    for (Object term : terms) {
      if (term instanceof Map<?, ?> map) {
        candidates.addAll(candidates(map));
        skips |= isTrue(map.get("skip"));
      } else if (term instanceof List<?> list) {
        list.forEach(member -> candidates.add(PythonText.str(member)));
      } else {
        candidates.add(PythonText.str(term));
      }
    }
    return found(candidates, skips);
  }

  private ImmutableList<Object> found(List<String> candidates, boolean skips) {
    for (String candidate : candidates) {
      for (List<Path> places : List.of(files, templates, vars)) {
        for (Path place : places) {
          Path file = place.resolve(candidate);
          if (Files.exists(file)) {
            return ImmutableList.of(file.normalize().toString());
          }
        }
      }
    }
    if (skips) {
      return ImmutableList.of();
    }
    throw ValueLookups.wrong(
        "No file was found when using first_found; tried " + String.join(", ", candidates));
  }

  private static List<String> candidates(Map<?, ?> spec) {
    List<String> names = texts(spec.get("files"));
    List<String> paths = texts(spec.get("paths"));
    if (paths.isEmpty()) {
      return names;
    }
    List<String> candidates = new ArrayList<>();
    paths.forEach(path -> names.forEach(name -> candidates.add(path + "/" + name)));
    return candidates;
  }

  private static List<String> texts(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(PythonText::str).toList();
    } else if (value instanceof String text) {
      return Splitter.onPattern("[,;:]").trimResults().omitEmptyStrings().splitToList(text);
    }
    return List.of();
  }

  private static boolean isTrue(Object value) {
    return Boolean.TRUE.equals(value)
        || value instanceof String text
            && text.toLowerCase(java.util.Locale.ROOT).matches("true|yes|1|on");
  }
}
