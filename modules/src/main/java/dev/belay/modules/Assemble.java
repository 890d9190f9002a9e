package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ControlFile;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A file made of all files of a folder. */
record Assemble(
    String source, Optional<ImmutableList<Fragments.Part>> here, Fragments how, Placing placing)
    implements Resource<Assemble.Seen> {
  private static final int ABSENT = 3;
  private static final int NO_FOLDER = 5;
  private static final int UNREADABLE = 6;

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "assemble")
          .summary("Makes a file of the files of a folder.")
          .doc(
              "The files are taken in the order of their names, byte by byte; folders inside are left out. Fragments on the host travel to the control side to be joined, all together not more than 12 MiB. "
                  + "A check tells the difference, where Ansible skips the task. "
                  + FileParameters.REFUSED)
          .parameters(
              Parameter.required(
                  "src",
                  Type.CONTROL,
                  "The folder; on the host, or with 'remote_src: false' here: beside the playbook, or in its folder 'files'."),
              Parameter.required("dest", Type.PATH, "The file to make."),
              Parameter.optional("remote_src", Type.FLAG, "Whether 'src' is on the host.")
                  .defaultsTo(true),
              Parameter.optional(
                  "delimiter",
                  Type.TEXT,
                  "What stands between two fragments, on a line of its own; \\n and the like are understood."),
              Parameter.optional(
                  "regexp", Type.TEXT, "A regular expression of Python that names must match."),
              Parameter.optional(
                      "ignore_hidden",
                      Type.FLAG,
                      "Whether names that begin with a dot are left out.")
                  .defaultsTo(false),
              FileParameters.DECRYPT,
              FileParameters.BACKUP,
              FileParameters.VALIDATE)
          .parameters(FileParameters.ATTRIBUTES)
          .parameters(FileParameters.FILE_FLAGS)
          .example(
              "- assemble:\n    src: /etc/hccn.d\n    dest: /etc/hccn.conf\n    regexp: '\\.conf$'\n    mode: '0644'")
          .result("dest", "Where it is.")
          .result("src", "The folder.")
          .result("checksum", "The SHA-1 of the file.")
          .result("md5sum", "Its MD5.")
          .result("backup_file", "Where the old file is kept, where it is.")
          .makes(FlaggedFile.over("dest", Assemble::of));

  /** The fragments, or why there are none, and the file that they are to be. */
  record Seen(int status, ImmutableList<Fragments.Part> parts, PlacedFile.Seen file) {}

  private static Assemble of(Args args) {
    ControlFile source = args.control("src").orElseThrow();
    boolean remote = args.flag("remote_src");
    String dest = args.text("dest");
    Placing placing =
        new Placing(
            dest,
            "",
            args.attributes(),
            Optional.empty(),
            FileParameters.precautions(args, Paths.onHost(dest)),
            false,
            true,
            false);
    return new Assemble(
        remote ? Paths.onHost(source.name()) : source.name(),
        remote ? Optional.empty() : Optional.of(parts(args, source)),
        Fragments.of(args),
        placing);
  }

  private static ImmutableList<Fragments.Part> parts(Args args, ControlFile source) {
    if (!(source.find(ControlFile.Links.FOLLOWED) instanceof ControlFile.Found.Folder folder)) {
      throw new IllegalArgumentException("Source (" + source.name() + ") is not a directory");
    }
    ImmutableList.Builder<Fragments.Part> parts = ImmutableList.builder();
    for (ControlFile.Entry entry : folder.entries()) {
      if (entry.file().isPresent() && entry.path().indexOf('/') < 0) {
        parts.add(
            new Fragments.Part(entry.path(), FileBytes.of(entry.file().get().content()).bytes()));
      }
    }
    return parts.build();
  }

  @Override
  public Probe<Seen> probe() {
    Probe<Seen> file =
        placed("").probe().map(seen -> new Seen(0, here.orElse(ImmutableList.of()), seen));
    return here.isPresent() ? file : file.and(fragments(), Assemble::with);
  }

  private Probe<Output> fragments() {
    return Probe.of(
        Sh.of(
            "d={}; if [ ! -e \"$d\" ]; then exit {}; elif [ ! -d \"$d\" ]; then exit {}; fi; cd -- \"$d\" || exit {}; for f in .* *; do if [ -f \"./$f\" ]; then printf %s \"$f\" | base64; echo :; base64 < \"./$f\" || exit {}; echo .; fi; done",
            source, ABSENT, NO_FOLDER, UNREADABLE, UNREADABLE),
        output -> output);
  }

  private static Seen with(Seen seen, Output output) {
    return new Seen(
        output.cut() > 0 ? UNREADABLE : output.status(),
        output.succeeded() && output.cut() == 0 ? parts(output.lines()) : ImmutableList.of(),
        seen.file);
  }

  /** The name and the bytes of each, both in base64. */
  private static ImmutableList<Fragments.Part> parts(List<String> lines) {
    ImmutableList.Builder<Fragments.Part> parts = ImmutableList.builder();
    StringBuilder text = new StringBuilder();
    String name = "";
    for (String line : lines) {
      if (line.equals(":")) {
        name = new String(Base64.getDecoder().decode(text.toString()), UTF_8);
        text.setLength(0);
      } else if (line.equals(".")) {
        parts.add(new Fragments.Part(name, FileBytes.ofBase64(text.toString()).bytes()));
        text.setLength(0);
      } else {
        text.append(CharMatcher.whitespace().removeFrom(line));
      }
    }
    return parts.build();
  }

  private PlacedFile placed(String bytes) {
    return new PlacedFile(new Bytes.Made(new FileBytes(bytes)), placing, source, Optional.empty());
  }

  @Override
  public Plan plan(Seen seen) {
    return switch (seen.status) {
      case 0 -> joined(seen).plan(seen.file);
      case ABSENT -> Plan.lacking("Source (" + source + ") does not exist");
      case NO_FOLDER -> Plan.impossible("Source (" + source + ") is not a directory");
      default -> Plan.impossible("the files of " + source + " cannot be read, or are too large");
    };
  }

  private PlacedFile joined(Seen seen) {
    return placed(how.joined(seen.parts));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    if (seen.status != 0) {
      return ImmutableMap.of();
    }
    PlacedFile file = joined(seen);
    return ImmutableMap.<String, Object>builder()
        .putAll(file.result(seen.file))
        .put("src", source)
        .put("md5sum", file.bytes().md5(seen.file.bytes()))
        .put("msg", "OK")
        .buildKeepingLast();
  }
}
