package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A .repo file: what stands before the first section, and the sections. */
record RepoFile(String head, ImmutableList<Section> sections) {

  /** A section with its header, and all lines up to the next. */
  record Section(String name, String text) {

    /** Its options; a value over several lines has line ends in it. */
    ImmutableMap<String, String> options() {
      Map<String, String> options = new TreeMap<>();
      String last = "";
      for (String line : Output.lines(text)) {
        int equals = line.indexOf('=');
        if (line.isBlank() || line.matches("\\s*[#;\\[].*")) {
          continue;
        } else if (Character.isWhitespace(line.charAt(0))) {
          options.computeIfPresent(last, (key, value) -> value + "\n" + line.strip());
        } else if (equals > 0) {
          last = line.substring(0, equals).strip();
          options.put(last, line.substring(equals + 1).strip());
        }
      }
      return ImmutableMap.copyOf(options);
    }

    static Section of(String name, ImmutableMap<String, String> options) {
      StringBuilder text = new StringBuilder("[" + name + "]\n");
      options.forEach(
          (key, value) ->
              text.append(key).append(" = ").append(value.replace("\n", "\n\t")).append('\n'));
      return new Section(name, text.append('\n').toString());
    }
  }

  static RepoFile of(String text) {
    StringBuilder head = new StringBuilder();
    List<Section> sections = new ArrayList<>();
    for (String line : Output.lines(text)) {
      if (line.matches("\\[.*\\]\\s*")) {
        sections.add(
            new Section(line.strip().substring(1, line.strip().length() - 1), line + "\n"));
      } else if (sections.isEmpty()) {
        head.append(line).append('\n');
      } else {
        Section last = sections.remove(sections.size() - 1);
        sections.add(new Section(last.name, last.text + line + "\n"));
      }
    }
    return new RepoFile(head.toString(), ImmutableList.copyOf(sections));
  }

  /** With a section that has these options and no others; the same where it has them. */
  RepoFile with(String name, ImmutableMap<String, String> options) {
    ImmutableList.Builder<Section> all = ImmutableList.builder();
    boolean found = false;
    for (Section section : sections) {
      boolean named = section.name.equals(name);
      found |= named;
      all.add(named && !section.options().equals(options) ? Section.of(name, options) : section);
    }
    if (!found) {
      all.add(Section.of(name, options));
    }
    return new RepoFile(head, all.build());
  }

  RepoFile without(String name) {
    return new RepoFile(
        head,
        sections.stream()
            .filter(section -> !section.name.equals(name))
            .collect(ImmutableList.toImmutableList()));
  }

  boolean isEmpty() {
    return sections.isEmpty();
  }

  String text() {
    return head + sections.stream().map(Section::text).collect(Collectors.joining());
  }
}
