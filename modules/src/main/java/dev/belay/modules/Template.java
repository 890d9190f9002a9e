package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Content;
import dev.belay.module.ControlFile;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Resource;
import dev.belay.module.TemplateSyntax;
import dev.belay.module.Type;
import java.util.Optional;

/** The module {@code template}: a file on the host that has the text of a template here. */
final class Template {
  private static final ImmutableMap<String, String> NEWLINES =
      ImmutableMap.of("\\n", "\n", "\\r", "\r", "\\r\\n", "\r\n");

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "template")
          .summary("Writes a file from a template.")
          .doc(
              "The template may name others with include, import and from; extends, block, call and do are not supported and refused. "
                  + "Beside the host's variables it sees ansible_managed, template_host, template_uid, template_path, template_fullpath, template_destpath, template_mtime and template_run_date; the last makes a text that differs each time. "
                  + "A first line '#jinja2: trim_blocks: False, …' sets how the rest is marked up. 'output_encoding' may only be utf-8. "
                  + "Over /usr/bin/python3, /bin/sh, the dynamic loader and libc nothing is written without 'force_system_path'. "
                  + FileParameters.REFUSED)
          .parameters(
              Parameter.required(
                  "src",
                  Type.CONTROL,
                  "The template: in the folder 'templates' of the role or beside the playbook, or beside the playbook itself."),
              Parameter.required(
                  "dest", Type.PATH, "Where to; a folder gets the file under the template's name."),
              Parameter.optional(
                      "force", Type.FLAG, "Whether a file that is there and differs is replaced.")
                  .defaultsTo(true),
              Parameter.optional(
                      "follow",
                      Type.FLAG,
                      "Whether a link in the file's place stays and what it leads to is replaced.")
                  .defaultsTo(false),
              Parameter.optional(
                      "trim_blocks",
                      Type.FLAG,
                      "Whether the line end behind a statement goes with it.")
                  .defaultsTo(true),
              Parameter.optional(
                      "lstrip_blocks",
                      Type.FLAG,
                      "Whether spaces before a statement that begins a line go with it.")
                  .defaultsTo(false),
              Parameter.optional("newline_sequence", Type.TEXT, "What ends a line of the result.")
                  .oneOf("\\n", "\\r", "\\r\\n", "\n", "\r", "\r\n")
                  .defaultsTo("\n"),
              mark("block_start_string", "{%", "Begins a statement."),
              mark("block_end_string", "%}", "Ends a statement."),
              mark("variable_start_string", "{{", "Begins an expression."),
              mark("variable_end_string", "}}", "Ends an expression."),
              mark("comment_start_string", "{#", "Begins a comment."),
              mark("comment_end_string", "#}", "Ends a comment."),
              Parameter.optional("output_encoding", Type.TEXT, "The encoding of the result.")
                  .oneOf("utf-8")
                  .defaultsTo("utf-8"),
              FileParameters.BACKUP,
              FileParameters.VALIDATE,
              Copy.FORCE_SYSTEM_PATH)
          .parameters(FileParameters.ATTRIBUTES)
          .parameters(FileParameters.FILE_FLAGS)
          .example(
              "- template:\n    src: vllm.env.j2\n    dest: /etc/belay/env/vllm.env\n    mode: '0644'")
          .example(
              "- template:\n    src: sudoers.j2\n    dest: /etc/sudoers.d/npu\n    mode: '0440'\n    validate: visudo -cf %s")
          .result("dest", "Where it is.")
          .result("src", "The template here.")
          .result("checksum", "The SHA-1 of the text.")
          .result("md5sum", "Its MD5, where it was written.")
          .result("backup_file", "Where the old file is kept, where it is.")
          .result("size", "In bytes.")
          .makes(FlaggedFile.over("dest", Template::of));

  private Template() {}

  private static Parameter mark(String name, String usual, String doc) {
    return Parameter.optional(name, Type.TEXT, doc).defaultsTo(usual);
  }

  private static Resource<?> of(Args args) {
    ControlFile source = args.control("src").orElseThrow();
    String text = source.render(syntax(args), args.text("dest"));
    ControlFile.Found.File file = source.template();
    return new PlacedFile(
        new Bytes.OfHere(Content.of(text), Optional.of(file.mode())),
        Placing.of(args, Paths.name(file.path()), Optional.empty()).preserving(file.mode()),
        file.path(),
        Optional.empty());
  }

  private static TemplateSyntax syntax(Args args) {
    String newline = args.text("newline_sequence");
    return new TemplateSyntax(
        args.text("block_start_string"),
        args.text("block_end_string"),
        args.text("variable_start_string"),
        args.text("variable_end_string"),
        args.text("comment_start_string"),
        args.text("comment_end_string"),
        args.flag("trim_blocks"),
        args.flag("lstrip_blocks"),
        NEWLINES.getOrDefault(newline, newline));
  }
}
