package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ControlPlace;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step.ByEngine;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import dev.belay.value.None;
import java.util.List;
import java.util.Optional;

/** A file of the host that is to be on the control side, too. */
record Fetch(String source, ControlPlace place, Layout layout, Missing missing, boolean validates)
    implements Resource<Fetch.Seen> {

  /** Where under 'dest' it goes. */
  private enum Layout {
    /** Each host has a folder, in which paths are as on the host. */
    BY_HOST,
    FLAT
  }

  /** What a file that is not there, or cannot be read, means. */
  private enum Missing {
    FAILS,
    IS_TOLD
  }

  private static final int ABSENT = 3;
  private static final int FOLDER = 5;
  private static final int NO_FILE = 7;
  private static final String NOT_THERE =
      "the remote file does not exist, not transferring, ignored";
  private static final String IS_FOLDER =
      "remote file is a directory, fetch cannot work on directories";

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "fetch")
          .summary("Brings a file of the host to the control side.")
          .doc(
              "The file is written beside its place and renamed when it is whole, its folders are made; a file that is there keeps its mode. Nothing outside of 'dest' is written, whatever path 'src' is. "
                  + "A check tells what would be fetched, where Ansible skips the task. A link is followed; only a file can be fetched. It travels in pieces over the shell, with the rights of the task's user and in constant memory.")
          .parameters(
              Parameter.required("src", Type.PATH, "The file on the host."),
              Parameter.required(
                  "dest",
                  Type.PLACE,
                  "A folder here; the file goes to dest/HOST/src. A relative path begins at the playbook."),
              Parameter.optional(
                      "flat",
                      Type.FLAG,
                      "Whether 'dest' is the file itself, or with '/' at its end the folder that it is in.")
                  .defaultsTo(false),
              Parameter.optional(
                      "fail_on_missing",
                      Type.FLAG,
                      "Whether a file that is not there, or cannot be read, fails.")
                  .defaultsTo(true),
              Parameter.optional(
                      "validate_checksum",
                      Type.FLAG,
                      "Whether what arrives must be what was looked at before; false for a file that grows meanwhile.")
                  .defaultsTo(true))
          .example("- fetch:\n    src: /etc/hccn.conf\n    dest: collected")
          .result("dest", "Where it is here.")
          .result("file", "The file on the host.")
          .result("checksum", "Its SHA-1.")
          .result("remote_checksum", "The same, as the host told it.")
          .result("md5sum", "Its MD5.")
          .makes(Fetch::of);

  /**
   * What the host says of the file.
   *
   * @param size in bytes
   */
  record Seen(int status, long size, String sha1) {
    static Seen of(Output output) {
      List<String> lines = output.lines();
      return output.succeeded() && lines.size() > 1
          ? new Seen(
              0, Long.parseLong(lines.get(0)), Splitter.on(' ').splitToList(lines.get(1)).get(0))
          : new Seen(Math.max(1, output.status()), 0, "");
    }
  }

  private static Fetch of(Args args) {
    return new Fetch(
        Paths.onHost(args.text("src")),
        args.place("dest"),
        args.flag("flat") ? Layout.FLAT : Layout.BY_HOST,
        args.flag("fail_on_missing") ? Missing.FAILS : Missing.IS_TOLD,
        args.flag("validate_checksum"));
  }

  @Override
  public Probe<Seen> probe() {
    return Probe.of(
        Sh.of(
            "p={}; if [ -d \"$p\" ]; then exit {}; elif [ ! -e \"$p\" ]; then exit {}; elif [ ! -f \"$p\" ]; then exit {}; fi; stat -L -c %s -- \"$p\" && sha1sum < \"$p\"",
            source, FOLDER, ABSENT, NO_FILE),
        Seen::of);
  }

  private ControlPlace.Local local() {
    String inside =
        layout == Layout.BY_HOST
            ? "/" + place.host() + "/" + source
            : place.name().endsWith("/") ? Paths.name(source) : "";
    return place.at(place.name() + inside);
  }

  /** Whether the path is where the user said, whatever steps back the host's path has. */
  private boolean isInside(String path) {
    boolean folder = layout == Layout.BY_HOST || place.name().endsWith("/");
    String top = place.at(place.name()).path();
    return folder ? path.startsWith(Paths.inside(top, "")) : path.equals(top);
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.status != 0) {
      return unavailable(seen.status);
    }
    ControlPlace.Local to = local();
    if (!isInside(to.path())) {
      return Plan.impossible(source + " would be written outside of " + place.name());
    } else if (to.isFolder()) {
      return Plan.impossible(
          "dest is an existing directory, use a trailing slash if you want to fetch src into that directory");
    }
    Optional<String> there = to.sha1();
    return there.equals(Optional.of(seen.sha1)) ? Plan.satisfied() : fetched(seen, to, there);
  }

  private Plan unavailable(int status) {
    String why =
        switch (status) {
          case ABSENT -> NOT_THERE;
          case FOLDER -> IS_FOLDER;
          case NO_FILE -> source + " is no file";
          default -> "file is not readable: " + source;
        };
    if (missing == Missing.IS_TOLD) {
      return Plan.satisfied();
    }
    return status == ABSENT ? Plan.lacking(why) : Plan.impossible(why);
  }

  private Plan fetched(Seen seen, ControlPlace.Local to, Optional<String> there) {
    ByEngine.Fetch step =
        new ByEngine.Fetch(
            source, seen.size, validates ? Optional.of(seen.sha1) : Optional.empty(), to);
    Change change =
        new Change(
            to.path() + " (control side)",
            there.map(sum -> "file, sha1 " + sum).orElse(Change.ABSENT),
            "file of " + seen.size + " bytes, sha1 " + seen.sha1,
            ImmutableList.of(step));
    return validates
        ? Plan.telling(
            List.of(change),
            said -> ImmutableMap.of("remote_checksum", seen.sha1, "remote_md5sum", None.NONE))
        : Plan.act(change, said -> acted(said, seen, to));
  }

  private Acted acted(Output said, Seen seen, ControlPlace.Local to) {
    return said.succeeded()
        ? new Acted(
            ImmutableMap.<String, Object>builder()
                .putAll(result(seen))
                .put("checksum", said.out())
                .put("remote_checksum", seen.sha1)
                .put("md5sum", to.md5().map(Object.class::cast).orElse(None.NONE))
                .buildKeepingLast(),
            Optional.empty())
        : new Acted(result(seen), Optional.of(said.err().strip()));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    if (seen.status != 0) {
      return told(seen.status);
    }
    ControlPlace.Local to = local();
    return ImmutableMap.of(
        "dest",
        to.path(),
        "file",
        source,
        "checksum",
        seen.sha1,
        "md5sum",
        to.md5().map(Object.class::cast).orElse(None.NONE));
  }

  private ImmutableMap<String, Object> told(int status) {
    return switch (status) {
      case ABSENT -> ImmutableMap.of("file", source, "msg", NOT_THERE);
      case FOLDER ->
          ImmutableMap.of(
              "file",
              source,
              "msg",
              missing == Missing.FAILS ? IS_FOLDER : IS_FOLDER + ", not transferring, ignored");
      default -> ImmutableMap.of("file", source);
    };
  }
}
