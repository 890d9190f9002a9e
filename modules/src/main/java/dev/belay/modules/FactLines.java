package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a script of facts said: values by their keys, in order. */
record FactLines(ImmutableListMultimap<String, String> said) {

  static FactLines of(List<String> lines) {
    ListMultimap<String, String> said = ArrayListMultimap.create();
    for (String line : lines) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        said.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return new FactLines(ImmutableListMultimap.copyOf(said));
  }

  Optional<String> one(String key) {
    return said.get(key).stream().findFirst();
  }

  ImmutableList<String> all(String key) {
    return said.get(key);
  }

  boolean has(String key) {
    return said.containsKey(key);
  }

  /** The values as pairs, split at the first separator; the last of a name stays. */
  ImmutableMap<String, String> pairs(String key, char separator) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : said.get(key)) {
      int at = line.indexOf(separator);
      if (at > 0) {
        pairs.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
      }
    }
    return ImmutableMap.copyOf(pairs);
  }

  /** {@code folder/name:value} lines, by folder and name. */
  ImmutableMap<String, Map<String, String>> files(String key) {
    Map<String, Map<String, String>> files = new LinkedHashMap<>();
    for (String line : said.get(key)) {
      int slash = line.indexOf('/');
      int colon = line.indexOf(':', Math.max(slash, 0));
      if (slash > 0 && colon > slash) {
        files
            .computeIfAbsent(line.substring(0, slash), f -> new LinkedHashMap<>())
            .put(line.substring(slash + 1, colon), line.substring(colon + 1).strip());
      }
    }
    return ImmutableMap.copyOf(files);
  }

  static List<String> words(String text) {
    return Splitter.onPattern("\\s+").omitEmptyStrings().splitToList(text);
  }
}
