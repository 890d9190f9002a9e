package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;

/** Lines between two markers that are in a file, or are not. */
record BlockInFile(TextFile file, BlockEdit edit) implements Resource<TextFile.Seen> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "blockinfile")
          .summary("Keeps lines between two markers in a file, or out of it.")
          .doc(
              "A block that is in the file stays where it is, whatever 'insertafter' and 'insertbefore' say. Where both markers are one line, since 'marker' has no {mark}, each run puts the block in once more; the task says so. "
                  + FileParameters.REFUSED)
          .parameters(
              Parameter.required("path", Type.PATH, "The file.").alias("dest", "destfile", "name"),
              Parameter.optional(
                      "block",
                      Type.SCALAR,
                      "The lines. Where there are none the block is taken out.")
                  .alias("content")
                  .defaultsTo(""),
              Parameter.optional("state", Type.TEXT, "Whether the block is there.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional(
                      "marker",
                      Type.TEXT,
                      "The line before and behind the block; {mark} in it becomes 'marker_begin' and 'marker_end'.")
                  .defaultsTo("# {mark} ANSIBLE MANAGED BLOCK"),
              Parameter.optional("marker_begin", Type.TEXT, "For {mark} before the block.")
                  .defaultsTo("BEGIN"),
              Parameter.optional("marker_end", Type.TEXT, "For {mark} behind the block.")
                  .defaultsTo("END"),
              Parameter.optional(
                  "insertafter",
                  Type.TEXT,
                  "Where a new block goes: EOF, or behind the last line that fits this regular expression."),
              Parameter.optional(
                  "insertbefore",
                  Type.TEXT,
                  "Where a new block goes: BOF, or before the last line that fits this regular expression."),
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
              "- blockinfile:\n    path: /etc/ssh/sshd_config\n    marker: '# {mark} npu hosts'\n    block: |\n      Match Group npu\n        X11Forwarding no\n    validate: sshd -t -f %s")
          .result("msg", "What was done.")
          .result("backup_file", "Where the old file is kept, where it is.")
          .makes(FlaggedFile.over("path", BlockInFile::of));

  private static BlockInFile of(Args args) {
    return new BlockInFile(TextFile.of(args, args.flag("create")), BlockEdit.of(args));
  }

  @Override
  public Probe<TextFile.Seen> probe() {
    return file.probe();
  }

  @Override
  public Plan plan(TextFile.Seen seen) {
    if (seen.reading() == TextFile.Reading.ABSENT && !file.creates()) {
      return Plan.lacking("Path " + file.path() + " does not exist !");
    }
    return file.refusal(seen)
        .orElseGet(
            () ->
                edit.removes() && !seen.isThere()
                    ? Plan.satisfied()
                    : file.plan(seen, before -> edited(seen, before.bytes())));
  }

  private TextFile.Edited edited(TextFile.Seen seen, FileBytes bytes) {
    String after = edit.applied(bytes.bytes());
    String msg =
        !seen.isThere()
            ? "File created"
            : after.equals(bytes.bytes())
                ? ""
                : edit.isEmpty() ? "Block removed" : "Block inserted";
    return new TextFile.Edited(new FileBytes(after), ImmutableMap.of("msg", msg));
  }

  @Override
  public ImmutableMap<String, Object> result(TextFile.Seen seen) {
    return ImmutableMap.of(
        "msg", seen.isThere() || !edit.removes() ? "" : "File " + file.path() + " not present");
  }
}
