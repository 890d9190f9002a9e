package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.FileText;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;

/**
 * A line that is in a file, or is not. The file is written whole; its other lines stay byte for
 * byte.
 */
record LineInFile(String path, LineEdit edit, boolean create, Attributes attributes)
    implements Resource<LineInFile.Seen> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "lineinfile")
          .summary("Keeps a line in a file, or out of it.")
          .doc("'backup' and 'validate' are not supported yet and refused.")
          .parameters(
              Parameter.required("path", Type.PATH, "The file.").alias("dest", "destfile", "name"),
              Parameter.optional("line", Type.SCALAR, "The line. Needed for state=present.")
                  .alias("value"),
              Parameter.optional(
                      "regexp",
                      Type.TEXT,
                      "Python's regular expression for the line that is replaced (the last that fits) or removed (all).")
                  .alias("regex"),
              Parameter.optional(
                  "search_string",
                  Type.TEXT,
                  "As 'regexp', for a part of the line taken as it is."),
              Parameter.optional("state", Type.TEXT, "Whether the line is there.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional(
                      "backrefs",
                      Type.FLAG,
                      "Whether \\1 in 'line' means a group of 'regexp'; then a file in which nothing fits stays.")
                  .defaultsTo(false),
              Parameter.optional(
                  "insertafter",
                  Type.TEXT,
                  "Where a new line goes: EOF, or behind the last line that fits."),
              Parameter.optional(
                  "insertbefore",
                  Type.TEXT,
                  "Where a new line goes: BOF, or before the last line that fits."),
              Parameter.optional(
                      "firstmatch",
                      Type.FLAG,
                      "Whether insertafter and insertbefore mean the first line that fits.")
                  .defaultsTo(false),
              Parameter.optional("create", Type.FLAG, "Whether a file that is absent is made.")
                  .defaultsTo(false))
          .parameters(FileParameters.ATTRIBUTES)
          .example(
              "- lineinfile:\n    path: /etc/default/grub\n    regexp: '^GRUB_TIMEOUT='\n    line: GRUB_TIMEOUT=2")
          .result("msg", "What was done.")
          .makes(LineInFile::of);

  record Seen(FileText text, PathSeen path) {}

  private static LineInFile of(Args args) {
    return new LineInFile(
        Paths.absolute(args.text("path")),
        LineEdit.of(args),
        args.flag("create"),
        args.attributes());
  }

  @Override
  public Probe<Seen> probe() {
    return Probe.text(path).and(PathSeen.at(path), Seen::new);
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.path.is(PathSeen.Kind.DIRECTORY)) {
      return Plan.impossible(path + " is a directory");
    } else if (seen.text instanceof FileText.Unreadable unreadable) {
      return Plan.impossible(path + " cannot be read: " + unreadable.why());
    }
    Optional<String> text = seen.text.ifPresent();
    if (text.isEmpty() && (edit.removes() || !create)) {
      return edit.removes()
          ? Plan.satisfied()
          : Plan.impossible("there is no file " + path + "; create: true makes it");
    }
    String before = text.orElse("");
    String after = edit.applied(before);
    if (text.isPresent() && after.equals(before)) {
      List<Sh> commands = seen.path.corrections(attributes, path);
      return commands.isEmpty()
          ? Plan.satisfied()
          : Plan.of(
              Change.run(
                  path, seen.path.attributes(), seen.path.with(attributes), Sh.all(commands)));
    }
    return Plan.of(
        new Change(
            path,
            text.orElse(Change.ABSENT),
            after,
            ImmutableList.of(new Step.Put(Content.of(after), path, attributes))));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of("path", path);
  }
}
