package dev.belay.modules;

import dev.belay.module.Args;
import dev.belay.module.Content;
import dev.belay.module.ControlFile;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The module {@code copy}: which of its three resources a task means. */
final class Copy {
  static final Parameter FORCE_SYSTEM_PATH =
      Parameter.optional(
              "force_system_path",
              Type.FLAG,
              "Allow to replace what the host stands on: /usr/bin/python3, /bin/sh, the dynamic loader, libc.")
          .defaultsTo(false);

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "copy")
          .summary("Copies a file, a folder or a text to the host, or from place to place on it.")
          .doc(
              "A folder as 'src' is copied with all inside: into 'dest' where 'src' ends with '/', else as a folder in it; nothing is removed there. "
                  + "Folders on the host ('remote_src') are compared by the SHA-1 of each file: Ansible leaves out folders named .git, CVS and the like, and does not look into folders that both sides have once it found a difference; here all is copied at once, links as links. That needs GNU find. The mode of a folder that is copied into a place that is absent is refused, as Ansible gives it to another folder at each run. "
                  + "The result of a folder is 'dest' and 'src', even where it has one file. "
                  + "A file that is copied with 'remote_src' gets the times of its source, too. "
                  + "Over /usr/bin/python3, /bin/sh, the dynamic loader and libc nothing is written without 'force_system_path'. "
                  + "The result's 'src' is the path here, as there is no temporary copy of it. "
                  + FileParameters.REFUSED)
          .parameters(
              Parameter.optional(
                  "src",
                  Type.CONTROL,
                  "A file or folder here: beside the playbook, or in its folder 'files'. With 'remote_src' one on the host."),
              Parameter.optional(
                  "content",
                  Type.ANY,
                  "The text itself, instead of 'src'; a list or mapping becomes JSON."),
              Parameter.required(
                  "dest", Type.PATH, "Where to; with '/' at its end the folder to put it in."),
              Parameter.optional("remote_src", Type.FLAG, "Whether 'src' is on the host.")
                  .defaultsTo(false),
              Parameter.optional(
                      "force", Type.FLAG, "Whether a file that is there and differs is replaced.")
                  .defaultsTo(true),
              Parameter.optional(
                      "follow",
                      Type.FLAG,
                      "Whether a link in the file's place stays and what it leads to is replaced.")
                  .defaultsTo(false),
              Parameter.optional(
                  "local_follow",
                  Type.FLAG,
                  "Whether links inside of a folder 'src' are followed, rather than copied as links; true unless 'remote_src'."),
              Parameter.optional(
                  "directory_mode",
                  Type.MODE,
                  "Permissions for the folders that are made, and inside of a folder 'src' for all."),
              Parameter.optional(
                  "checksum",
                  Type.TEXT,
                  "The SHA-1 that the file must have; nothing is copied else."),
              FileParameters.DECRYPT,
              FileParameters.BACKUP,
              FileParameters.VALIDATE,
              FORCE_SYSTEM_PATH)
          .parameters(FileParameters.ATTRIBUTES)
          .parameters(FileParameters.FILE_FLAGS)
          .example(
              "- copy:\n    content: \"tuned by belay\\n\"\n    dest: /etc/motd\n    mode: '0644'")
          .example(
              "- copy:\n    src: /etc/hccn.conf\n    dest: /etc/hccn.conf.orig\n    remote_src: true\n    mode: preserve")
          .result("dest", "Where it is.")
          .result("src", "What was copied.")
          .result("checksum", "Its SHA-1.")
          .result("md5sum", "Its MD5, where it was copied.")
          .result("backup_file", "Where the old file is kept, where it is.")
          .result("size", "In bytes.")
          .makes(FlaggedFile.over("dest", Copy::of));

  private Copy() {}

  private static Resource<?> of(Args args) {
    if (args.has("src") == args.has("content")) {
      throw new IllegalArgumentException("'copy' needs one of 'src' and 'content'");
    } else if (args.has("content")) {
      return text(args, Content.of(text(args.any("content").orElse(""))));
    }
    ControlFile source = args.control("src").orElseThrow();
    return args.flag("remote_src") ? CopyOnHost.of(args, source.name()) : here(args, source);
  }

  private static Resource<?> text(Args args, Content content) {
    if (args.text("dest").endsWith("/")) {
      throw new IllegalArgumentException("'dest' must name the file, where 'content' is given");
    } else if (args.textIfGiven("mode").filter("preserve"::equals).isPresent()) {
      throw new IllegalArgumentException("mode: preserve needs a file as 'src'");
    }
    return new PlacedFile(
        new Bytes.OfHere(content, Optional.empty()),
        Placing.of(args, "", Optional.empty()),
        "content",
        args.textIfGiven("checksum"));
  }

  private static Resource<?> here(Args args, ControlFile source) {
    boolean follows = args.flagIfGiven("local_follow").orElse(true);
    ControlFile.Found found =
        source.find(follows ? ControlFile.Links.FOLLOWED : ControlFile.Links.KEPT);
    if (found instanceof ControlFile.Found.Folder folder) {
      return CopyTree.of(args, source.name(), folder);
    }
    ControlFile.Found.File file = (ControlFile.Found.File) found;
    return new PlacedFile(
        new Bytes.OfHere(file.content(), Optional.of(file.mode())),
        Placing.of(args, Paths.name(file.path()), args.textIfGiven("directory_mode"))
            .preserving(file.mode()),
        file.path(),
        args.textIfGiven("checksum"));
  }

  private static String text(Object value) {
    if (value instanceof Map || value instanceof List) {
      return dev.belay.template.Json.write(value);
    } else if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    return value == None.NONE ? "" : value.toString();
  }
}
