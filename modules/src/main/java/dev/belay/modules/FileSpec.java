package dev.belay.modules;

import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Resource;
import dev.belay.module.Type;

/** The module {@code file}: its documentation, and what its arguments come to. */
final class FileSpec {
  private static final String PEEK = "_diff_peek";

  private static final String FORMAT = "%Y%m%d%H%M.%S";

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "file")
          .summary("Directories, links, empty files, deletions, and the attributes of files.")
          .doc(
              "Links and deletions of paths that the host stands on (/usr/bin/python3, /bin/sh, the dynamic loader, top folders), and 'recurse' over top folders, are refused without 'force_system_path', however the path is written. "
                  + "A slash at the end of 'path' means a folder: where a file is, state=absent leaves it, and other states fail. Where a link leads to a folder, the slash is left out, so that state=absent takes the link away and never what it leads to. "
                  + "'touch' without times sets those of the deed, so that it is changed each time, and a check does not know its result; with preserve, or a time, there is something to compare. 'recurse' sets no times. With state=hard, and a folder at 'path', the link goes inside, under the name of 'src'. "
                  + FileParameters.REFUSED)
          .parameters(
              Parameter.required("path", Type.PATH, "The path.").alias("dest", "name"),
              Parameter.optional(
                      "state",
                      Type.TEXT,
                      "What is to be there; without it, what is there now, or a directory where 'recurse' is set.")
                  .oneOf("file", "directory", "link", "hard", "touch", "absent"),
              Parameter.optional("src", Type.TEXT, "What a link leads to."),
              Parameter.optional(
                      "force",
                      Type.FLAG,
                      "Whether a link may replace a file or an empty directory, and may lead nowhere.")
                  .defaultsTo(false),
              Parameter.optional(
                      "recurse",
                      Type.FLAG,
                      "Whether the attributes hold for all inside of a directory too. Needs GNU find.")
                  .defaultsTo(false),
              Parameter.optional(
                      "follow",
                      Type.FLAG,
                      "Whether attributes and times are those of what a link leads to; with 'recurse' for links inside, too.")
                  .defaultsTo(true),
              Parameter.optional(
                  "modification_time",
                  Type.TEXT,
                  "preserve, now, or a time of the host's zone; now for 'touch', else preserve."),
              Parameter.optional(
                      "modification_time_format",
                      Type.TEXT,
                      "How it is written, in Python's letters.")
                  .defaultsTo(FORMAT),
              Parameter.optional("access_time", Type.TEXT, "As 'modification_time'."),
              Parameter.optional(
                      "access_time_format", Type.TEXT, "How it is written, in Python's letters.")
                  .defaultsTo(FORMAT),
              Parameter.optional(
                      "force_system_path",
                      Type.FLAG,
                      "Allow what is refused for paths that the host stands on.")
                  .defaultsTo(false),
              Parameter.optional(
                  PEEK,
                  Type.FLAG,
                  "Nothing is set where it is given: 'appears_binary' says whether there is a zero byte in the first 8 kB. For Ansible's own use there."))
          .parameters(FileParameters.ATTRIBUTES)
          .parameters(FileParameters.FILE_FLAGS)
          .example("- file:\n    path: /etc/belay/env\n    state: directory\n    mode: '0755'")
          .example(
              "- file:\n    src: /opt/python-3.11\n    path: /usr/local/python\n    state: link")
          .result("path", "The path; for 'touch', 'link' and 'hard' its name is 'dest'.")
          .result("dest", "The path, for 'touch', 'link' and 'hard'.")
          .result("src", "What a link leads to.")
          .result("state", "What is there.")
          .result("mode", "Its permissions.")
          .result(
              "diff",
              "'before' and 'after', each with 'path' and what differs: 'state', 'src', 'mode', 'owner', 'group', 'mtime', 'atime'; 'path_content', the 'directories' and 'files' that go away with a folder, up to 100 kB of names.")
          .makes(FlaggedFile.over("path", FileSpec::of));

  private FileSpec() {}

  private static Resource<?> of(Args args) {
    String path = Paths.onHost(args.text("path"));
    if (args.has(PEEK)) {
      return new FilePeek(path);
    }
    String state = args.textIfGiven("state").orElse("keep");
    FileModule file =
        new FileModule(
            path,
            args.text("path"),
            state,
            args.textIfGiven("src"),
            args.flag("follow") ? FileState.Follow.LINKS : FileState.Follow.NOTHING,
            args.attributes(),
            FileTimes.of(args, state),
            args.flag("force"),
            args.flag("recurse"),
            args.flag("force_system_path"));
    file.check();
    boolean mayBeFolder = state.equals("hard") && file.source().isPresent();
    return mayBeFolder ? new HardLink(file, file.inside()) : file;
  }
}
