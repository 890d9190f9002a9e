package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.template.PythonRegex;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file in which everything that fits a pattern is replaced. */
record Replace(TextFile file, Pattern pattern, String replacement, Optional<Section> section)
    implements Resource<TextFile.Seen> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "replace")
          .summary("Replaces all that fits a regular expression in a file.")
          .doc(
              "'encoding' may only be utf-8; bytes that are not UTF-8 stay as they are. Where the pattern fits what it was replaced by, so that each run changes the file, the task says so and a check cannot tell its result. "
                  + FileParameters.REFUSED)
          .parameters(
              Parameter.required("path", Type.PATH, "The file.").alias("dest", "destfile", "name"),
              Parameter.required(
                  "regexp",
                  Type.TEXT,
                  "Python's regular expression: '^' and '$' hold at each line, '.' does not fit a line end."),
              Parameter.optional(
                      "replace",
                      Type.SCALAR,
                      "What comes in its place; \\1 is a group of 'regexp'.")
                  .defaultsTo(""),
              Parameter.optional(
                  "after",
                  Type.TEXT,
                  "A regular expression: only what is behind it is looked at. Here '.' fits a line end too."),
              Parameter.optional(
                  "before",
                  Type.TEXT,
                  "A regular expression: only what is before it is looked at. Here '.' fits a line end too."),
              Parameter.optional("encoding", Type.TEXT, "The file's encoding.")
                  .oneOf("utf-8")
                  .defaultsTo("utf-8"),
              FileParameters.BACKUP,
              FileParameters.VALIDATE)
          .parameters(FileParameters.ATTRIBUTES)
          .parameters(FileParameters.FILE_FLAGS)
          .example(
              "- replace:\n    path: /etc/hosts\n    regexp: '(\\s+)old\\.host(\\s+.*)?$'\n    replace: '\\1new.host\\2'")
          .result("msg", "What was done.")
          .result("rc", "0.")
          .result("backup_file", "Where the old file is kept, where it is.")
          .makes(FlaggedFile.over("path", Replace::of));

  /** Where a text is looked at. */
  record Section(String written, Pattern pattern) {}

  private static Replace of(Args args) {
    Pattern pattern = PythonRegex.compile(args.text("regexp"), Pattern.MULTILINE);
    return new Replace(
        TextFile.of(args, false),
        pattern,
        args.text("replace"),
        section(args.textIfGiven("after").orElse(""), args.textIfGiven("before").orElse("")));
  }

  private static Optional<Section> section(String after, String before) {
    if (after.isEmpty() && before.isEmpty()) {
      return Optional.empty();
    }
    boolean both = !after.isEmpty() && !before.isEmpty();
    String pattern = after + "(?P<subsection>" + (both ? ".*?" : ".*") + ")" + before;
    return Optional.of(new Section(pattern, PythonRegex.compile(pattern, Pattern.DOTALL)));
  }

  @Override
  public Probe<TextFile.Seen> probe() {
    return file.probe();
  }

  @Override
  public Plan plan(TextFile.Seen seen) {
    if (seen.reading() == TextFile.Reading.ABSENT) {
      return Plan.lacking("Path " + file.path() + " does not exist !");
    }
    return file.refusal(seen)
        .orElseGet(
            () ->
                misses(seen.bytes().text())
                    ? Plan.satisfied()
                    : file.plan(seen, before -> edited(before.bytes())));
  }

  /** Whether there is a section to look at, and the text has none. */
  private boolean misses(String text) {
    return section.filter(s -> !s.pattern.matcher(PythonRegex.bounded(text)).find()).isPresent();
  }

  private TextFile.Edited edited(FileBytes bytes) {
    String text = bytes.text();
    int from = 0;
    int to = text.length();
    if (section.isPresent()) {
      Matcher found = section.get().pattern.matcher(PythonRegex.bounded(text));
      if (!found.find()) {
        return new TextFile.Edited(bytes, told(""));
      }
      from = found.start("subsection");
      to = found.end("subsection");
    }
    return edited(text, from, to);
  }

  private TextFile.Edited edited(String text, int from, int to) {
    PythonRegex.check(replacement, pattern);
    String part = text.substring(from, to);
    Matcher matcher = pattern.matcher(PythonRegex.bounded(part));
    StringBuilder replaced = new StringBuilder();
    int count = 0;
    while (matcher.find()) {
      matcher.appendReplacement(
          replaced, Matcher.quoteReplacement(PythonRegex.expand(replacement, matcher)));
      count++;
    }
    matcher.appendTail(replaced);
    boolean changed = !part.contentEquals(replaced);
    return new TextFile.Edited(
        FileBytes.of(text.substring(0, from) + replaced + text.substring(to)),
        told(changed ? count + " replacements made" : ""));
  }

  private static ImmutableMap<String, Object> told(String msg) {
    return ImmutableMap.of("rc", 0L, "msg", msg);
  }

  @Override
  public ImmutableMap<String, Object> result(TextFile.Seen seen) {
    boolean misses = seen.isThere() && misses(seen.bytes().text());
    return told(
        misses
            ? "Pattern for before/after params did not match the given file: "
                + section.orElseThrow().written
            : "");
  }
}
