package dev.belay.modules;

import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Precautions;
import dev.belay.shell.Sh;
import java.util.Optional;

/**
 * Where a file is to be put, and how.
 *
 * @param dest as the user wrote it: with a slash at its end, or where a folder is there, the file
 *     goes inside under {@code name}
 * @param follow whether a link in its place stays, and what it leads to is replaced
 * @param force whether a file that is there and differs is replaced
 * @param forceSystemPath whether what the host stands on may be replaced
 */
record Placing(
    String dest,
    String name,
    Attributes attributes,
    Optional<String> directoryMode,
    Precautions precautions,
    boolean follow,
    boolean force,
    boolean forceSystemPath) {

  static Placing of(Args args, String name, Optional<String> directoryMode) {
    String dest = args.text("dest");
    Paths.onHost(dest);
    return new Placing(
        dest,
        name,
        args.attributes(),
        directoryMode,
        FileParameters.precautions(args, dest),
        args.flag("follow"),
        args.flag("force"),
        args.flag("force_system_path"));
  }

  /** The same with the mode that {@code preserve} stands for. */
  Placing preserving(String mode) {
    boolean preserves = attributes.mode().filter("preserve"::equals).isPresent();
    return preserves ? with(Optional.of(mode)) : this;
  }

  private Placing with(Optional<String> mode) {
    return new Placing(
        dest,
        name,
        new Attributes(mode, attributes.owner(), attributes.group()),
        directoryMode,
        precautions,
        follow,
        force,
        forceSystemPath);
  }

  boolean isInside() {
    return dest.endsWith("/");
  }

  String path() {
    return Paths.onHost(dest);
  }

  /** Shell that puts the file's path into {@code $p}; {@code $f} says whether a folder is there. */
  Sh located() {
    Sh followed =
        follow ? Sh.of("; if [ -L \"$p\" ]; then p=$(readlink -f -- \"$p\"); fi") : Sh.of("");
    return Sh.of(
        "p={}; f=n; if [ -d \"$p\" ]; then f=y; p=${p%/}/{}{}",
        path(),
        name,
        Sh.of(
            "{}{}", isInside() ? Sh.of("; else p=${p%/}/{}; fi", name) : Sh.of("; fi"), followed));
  }

  /** What folders that are made on the way get. */
  Attributes folders() {
    return new Attributes(directoryMode, attributes.owner(), attributes.group());
  }
}
