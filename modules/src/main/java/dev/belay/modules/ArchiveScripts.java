package dev.belay.modules;

import dev.belay.module.Attributes;
import dev.belay.shell.Sh;

/**
 * The question and the deed of {@code unarchive}.
 *
 * <p>An archive is unpacked into the folder itself, for it is merged with what is there. So that an
 * interruption is seen, a file with a fixed name lies in the folder from before the first byte
 * until after the last.
 */
final class ArchiveScripts {
  /** In seconds, for unpacking. */
  private static final int LIMIT = 4 * 3600;

  private static final Sh FOLDER =
      Sh.of(
          """
          stat -c '=mode	%04a
          =owner	%U
          =group	%G
          =uid	%u
          =gid	%g
          =size	%s' -- "$P"
          if [ -L "$P" ]; then printf '=state\\tlink\\n'; fi""");

  private ArchiveScripts() {}

  private static Sh created(Unarchive task) {
    return task.creates()
        .map(path -> Sh.of("if [ -e {} ] || [ -L {} ]; then c=1; fi", path, path))
        .orElse(Sh.of(":"));
  }

  /** Whether there is anything to do. Reads the archive only where that is not known already. */
  static Sh question(Unarchive task) {
    Sh look =
        task.isOnHost()
            ? Sh.of(
                """
                if [ ! -e "$A" ]; then printf '=sourceless\\t1\\n'; exit 0; fi
                kind || exit 0
                x=$(differs); printf '%s\\n' "$x"; room
                case "$I$x" in 0*'=differences	0'*) ;; *) judge;; esac
                {}""",
                isAttributed(task) ? Sh.of("modes") : Sh.of(":"))
            : Sh.of(":");
    return Sh.of(
        """
        {}
        c=0; {}
        if [ "$c" = 1 ]; then printf '=created\\t1\\n'; fi
        if [ -e {} ]; then printf '=interrupted\\t1\\n'; c=0; fi
        if [ -d "$P" ]; then {}; else printf '=folderless\\t1\\n'; exit 0; fi
        if [ "$c" = 1 ]; then exit 0; fi
        {}""",
        ArchiveShell.functions(task),
        created(task),
        task.mark(),
        FOLDER,
        look);
  }

  private static boolean isAttributed(Unarchive task) {
    return !task.attributes().equals(Attributes.unchanged());
  }

  /** Judges once more, for the archive may be another by now; unpacks; and tells what it did. */
  static Sh deed(Unarchive task) {
    return Sh.of(
        """
        {}
        mark={}; g=; umask 022
        if [ ! -d "$P" ]; then echo "dest '$P' must be an existing dir" >&2; exit 1; fi
        fresh() { rm -f -- "$mark" && (umask 077; set -C; : > "$mark"); }
        drop() { rm -f -- "$mark" "$g"; exit "$1"; }
        {}
        if [ ! -e "$A" ]; then echo "Source '$A' does not exist" >&2; exit 1; fi
        x=$(kind) || { printf '%s\\n' "$x"; drop 1; }
        printf '%s\\n' "$x"; kind > /dev/null
        x=$(judge); printf '%s\\n' "$x"
        case $x in *'=refused	'*) drop 7;; *'=status	0'*) ;; *) echo "$A cannot be read as an archive" >&2; drop 1;; esac
        n=$(printf '%s\\n' "$x" | sed -n 's/^=bytes\\t//p'); f=$(room | cut -f2)
        if [ $((n / 1024)) -gt "$f" ]; then echo "the archive holds $n bytes and $P has room for ${f} KiB" >&2; drop 1; fi
        x=$(differs); printf '%s\\n' "$x"; y=$(modes)
        case $x in
          *'=differences	0'*) ;;
          *) [ "$A" = "$mark" ] || fresh || exit 1
             {} || { s=$?; echo "unpacking ended with status $s; what is there by now is mended by the next run" >&2; exit 1; };;
        esac
        {} || exit 1
        z=$(modes); [ "$y" = "$z" ] || printf '=attributed\\t1\\n'
        sync -f "$P" 2>/dev/null; rm -f -- "$mark"
        {}
        drop 0""",
        ArchiveShell.functions(task),
        task.mark(),
        task.arrival(),
        unpack(task),
        attributed(task),
        FOLDER);
  }

  private static Sh unpack(Unarchive task) {
    boolean keeps = task.newer() == Unarchive.Newer.KEPT;
    return Sh.of(
        """
        case $Z in
          zip) LC_ALL=C.UTF-8 unzip -o -q {} {} "$A" {} {} -d "$P" >&2 || [ "$?" -eq 1 ];;
          *) Y={}; tar_ -x -C "$P" {} >&2;;
        esac""",
        keeps ? "-u" : "-o",
        task.options(),
        task.include(),
        ArchiveShell.zipExcluded(task),
        LIMIT,
        keeps ? "--keep-newer-files" : "--show-transformed-names");
  }

  private static Sh attributed(Unarchive task) {
    Sh all = Sh.of(":");
    Attributes wanted = task.attributes();
    if (wanted.owner().isPresent()) {
      all = Sh.of("{} && each chown -h -- {}", all, wanted.owner().get());
    }
    if (wanted.group().isPresent()) {
      all = Sh.of("{} && each chgrp -h -- {}", all, wanted.group().get());
    }
    if (wanted.mode().isPresent()) {
      all = Sh.of("{} && each chmod -- {}", all, wanted.mode().get());
    }
    return Sh.of(
        "each() { names | sed 's,^,./,' | (cd -- \"$P\" && if [ \"$1\" = chmod ]; then files; else cat; fi | xargs -d '\\n' -r \"$@\"); }; files() { while IFS= read -r e; do [ -L \"$e\" ] || printf '%s\\n' \"$e\"; done; }; {}",
        all);
  }
}
