package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;

/**
 * A line that is in a file, or is not. The file is written whole; its other lines stay byte for
 * byte.
 */
record LineInFile(TextFile file, LineEdit edit) implements Resource<TextFile.Seen> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "lineinfile")
          .summary("Keeps a line in a file, or out of it.")
          .doc(
              "Lines are looked at as bytes, so that a file may be in any encoding; in 'regexp' the classes \\w, \\d and \\s are those of ASCII. "
                  + "A new line behind a last one that has no end gets a line of its own, where Ansible may write both into one. "
                  + FileParameters.REFUSED)
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
                  "Where a new line goes: EOF, BOF, or behind the last line that fits."),
              Parameter.optional(
                  "insertbefore",
                  Type.TEXT,
                  "Where a new line goes: BOF, or before the last line that fits."),
              Parameter.optional(
                      "firstmatch",
                      Type.FLAG,
                      "Whether the first line that fits is meant, where else it is the last.")
                  .defaultsTo(false),
              Parameter.optional(
                      "create",
                      Type.FLAG,
                      "Whether a file that is absent is made, with its folders.")
                  .defaultsTo(false),
              FileParameters.BACKUP,
              FileParameters.VALIDATE)
          .parameters(FileParameters.ATTRIBUTES)
          .parameters(FileParameters.FILE_FLAGS)
          .example(
              "- lineinfile:\n    path: /etc/default/grub\n    regexp: '^GRUB_TIMEOUT='\n    line: GRUB_TIMEOUT=2")
          .example(
              "- lineinfile:\n    path: /etc/sudoers\n    line: '%npu ALL=(ALL) NOPASSWD: /usr/local/bin/npu-smi'\n    validate: visudo -cf %s")
          .result("msg", "What was done.")
          .result("backup", "Where the old file is kept; empty where it is not.")
          .result("found", "With state=absent, how many lines there were.")
          .makes(FlaggedFile.over("path", LineInFile::of));

  private static LineInFile of(Args args) {
    LineEdit edit = LineEdit.of(args);
    return new LineInFile(TextFile.of(args, edit.removes() || args.flag("create")), edit);
  }

  @Override
  public Probe<TextFile.Seen> probe() {
    return file.probe();
  }

  @Override
  public Plan plan(TextFile.Seen seen) {
    Plan plan = unwarned(seen);
    return edit.fitsEverything().map(Remark::risk).map(plan::with).orElse(plan);
  }

  private Plan unwarned(TextFile.Seen seen) {
    return file.refusal(seen)
        .orElseGet(
            () ->
                edit.removes() && !seen.isThere()
                    ? Plan.satisfied()
                    : file.plan(seen, before -> edit.applied(before.bytes())));
  }

  @Override
  public ImmutableMap<String, Object> result(TextFile.Seen seen) {
    if (!edit.removes()) {
      return ImmutableMap.of("msg", "", "backup", "");
    }
    return seen.isThere()
        ? ImmutableMap.of("msg", "", "backup", "", "found", 0L)
        : ImmutableMap.of("msg", "file not present");
  }
}
