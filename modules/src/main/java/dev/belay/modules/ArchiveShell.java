package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * What the probe and the deed of {@code unarchive} ask an archive on the host, as shell functions.
 * All of them only read. {@code $A} is the archive, {@code $P} the folder, {@code $Z} {@code tar}
 * or {@code zip}.
 *
 * <p>{@code kind} finds out what it is; {@code differs} tells what on disk is not as in the
 * archive; {@code judge} reads the table of contents and refuses what would lead out of the folder.
 */
final class ArchiveShell {
  /** In seconds: a probe must end, also on an archive that never does. */
  private static final int LIMIT = 900;

  /** Differences that are told by name. */
  private static final int SHOWN = 5;

  /**
   * Judges a table of contents line by line, as tar writes it. Names are literal: where one holds a
   * line end, each piece must pass by itself, which no way out of the folder can.
   */
  private static final String JUDGE =
      """
      function bad(why) { if (!refused++) print "=refused\\t" why "\\t" n }
      function leaves(path) { return path ~ /^\\// || ("/" path "/") ~ /\\/[.][.]\\// }
      function through(path,  q, i, c, at) {
        c = split(path, q, "/"); at = ""
        for (i = 1; i < c; i++) { at = at (i > 1 ? "/" : "") q[i]; if (at in link) { bad("it goes through the link " at); return } }
      }
      function target(to,  q, i, c, depth, down) {
        if (to ~ /^\\//) { bad("a link that leads out of the folder, to " to); return }
        depth = split(n, q, "/") - 1; c = split(to, q, "/"); down = 0
        for (i = 1; i <= c; i++) {
          if (q[i] == "..") { if (down || --depth < 0) { bad("a link that leads out of the folder, to " to); return } }
          else if (q[i] != "" && q[i] != ".") down = 1
        }
      }
      /^[?][0-9]+$/ { status = substr($0, 2); next }
      {
        n = $0
        if (!match($0, /^[^ ][-rwxsStT]+[.+]? +[0-9]+\\/[0-9]+ +[0-9]+(,[0-9]+)? [-0-9]+ [0-9:.]+ /)) { bad("an entry that cannot be read"); next }
        h = substr($0, 1, RLENGTH); n = substr($0, RLENGTH + 1); k = substr(h, 1, 1); to = ""
        arrow = k == "l" ? " -> " : k == "h" ? " link to " : ""
        if (arrow != "") {
          i = index(n, arrow); to = substr(n, i + length(arrow)); n = substr(n, 1, i - 1)
          if (i == 0 || index(to, arrow)) bad("a link of which it cannot be told where it leads")
        }
        if (ENVIRON["I"] == 1) print "=file\\t" n
        gsub(/\\/+/, "/", n); gsub(/\\/([.]\\/)+/, "/", n); sub(/^([.]\\/)+/, "", n); sub(/(\\/|\\/[.])$/, "", n)
        if (leaves(n)) bad(n ~ /^\\// ? "an absolute name" : "a name with '..'")
        if (k !~ /[-dlhC]/) bad("neither a file nor a folder nor a link")
        through(n)
        if (k == "l") { target(to); link[n] = 1 }
        if (k == "h") { sub(/^([.]\\/)+/, "", to); if (leaves(to)) bad("a hard link to " to); else through(to) }
        if (k == "-" && h ~ /^...[sS]|^......[sS]/ && !privileged++) print "=privileged\\t" n
        split(h, f, / +/)
        if (k == "-") bytes += f[3]
        if (++count > ENVIRON["M"] + 0) { n = ENVIRON["A"]; bad("more than " ENVIRON["M"] " entries; raise 'max_entries'"); exit }
        if (bytes > ENVIRON["S"] + 0) { bad("more than " ENVIRON["S"] " bytes; raise 'max_size'"); exit }
      }
      END { printf "=count\\t%d\\n=bytes\\t%.0f\\n=status\\t%s\\n", count, bytes, status }
      """;

  /** Makes of tar's comparison the first few differences and their number. */
  private static final String DIFFERENCES =
      """
      /^@T / { sub(/^@T ([^ ]+ +)(([^ ]+) +)(([^ ]+) +)/, ""); t = substr($0, 1, 19); n = $0; sub(/^[^ ]+ [^ ]+ /, "", n); sub(/^([.]\\/)+/, "", n); sub(/ -> .*/, "", n); time[n] = t; next }
      /^@D / { i = index($0, "|"); n = substr($0, i + 1); sub(/^([.]\\/)+/, "", n); if (n in time && substr($0, 4, 19) > time[n]) newer[n] = 1; next }
      /^[?][0-9]+$/ { status = substr($0, 2); next }
      { n = $0; sub(/: [^:]* differs?$/, "", n); sub(/^([.]\\/)+/, "", n); if (n in newer) next }
      /^tar: : |^tar: Removing leading|^tar: Exiting with failure/ { next }
      ENVIRON["O"] ~ /o/ && /: Uid differs$/ { next }
      ENVIRON["O"] ~ /g/ && /: Gid differs$/ { next }
      ENVIRON["O"] ~ /m/ && /: Mode differs$/ { next }
      /^gzip: |^bzip2: |^xz: |^zstd: |^tar: .*(Unexpected EOF|does not look like|not recoverable|Cannot exec|Child returned)/ { if (!broken++) print "=broken\\t" $0; next }
      /^tar: .*Cannot (stat|readlink|open)|: .* differs?$|: Not linked to / { sub(/^tar: /, ""); if (!count++ || count <= ENVIRON["K"] + 0) print "=different\\t" $0; next }
      END { printf "=differences\\t%d\\n=status\\t%s\\n", count, status }
      """;

  /** The same from two tables, of the zip and of the disk, with a line of at signs between. */
  private static final String ZIP_DIFFERENCES =
      """
      $0 == "@@@" { disk = 1; next }
      !disk { i = match($0, /[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][.][0-9][0-9][0-9][0-9][0-9][0-9] /); split($0, f, / +/); n = substr($0, i + 16); sub(/\\/$/, "", n)
              kind[n] = substr(f[1], 1, 1); if (kind[n] == "?") kind[n] = "-"; mode[n] = f[3] == "unx" ? f[1] : ""; size[n] = f[4]; time[n] = substr($0, i, 15); next }
      { i = index($0, "|"); split(substr($0, 1, i - 1), f, " "); n = substr($0, i + 3); sub(/\\/$/, "", n); found[n] = 1
        if (substr(f[1], 1, 1) != kind[n]) tell(n ": File type differs")
        else if (kind[n] == "-" && f[2] != size[n]) tell(n ": Size differs")
        else if (kind[n] == "-" && substr(f[3], 1, 15) != time[n] && !(ENVIRON["O"] ~ /n/ && substr(f[3], 1, 15) > time[n])) tell(n ": Mod time differs")
        else if (kind[n] != "l" && mode[n] != "" && ENVIRON["O"] !~ /m/ && f[1] != mode[n]) tell(n ": Mode differs") }
      function tell(what) { if (!count++ || count <= ENVIRON["K"] + 0) print "=different\\t" what }
      END { for (n in kind) if (!(n in found)) tell(n ": Cannot stat: No such file or directory"); printf "=differences\\t%d\\n=status\\t%d\\n", count, (count > 0) }
      """;

  private ArchiveShell() {}

  /**
   * The functions for one task.
   *
   * @param lists whether {@code judge} tells every name
   */
  static Sh functions(Unarchive task) {
    return Sh.of(
        """
        A={}; P={}; M={}; S={}; I={}; O={}; K={}; export A P M S I O K; LC_ALL=C; export LC_ALL
        [ "$(id -u)" -eq 0 ] || O=${O}ogm
        kind() {
          case $(od -An -tx1 -N4 -- "$A" | tr -d ' \\n') in
            504b0304 | 504b0506) Z=zip; H=ZipArchive;; 1f8b*) Z=tar; H=TgzArchive;; 425a68*) Z=tar; H=TarBzipArchive;;
            fd377a58) Z=tar; H=TarXzArchive;; 28b52ffd) Z=tar; H=TarZstdArchive;; *) Z=tar; H=TarArchive;;
          esac
          case $H in Tar*) printf '=handler\\tTarArchive\\n';; *) printf '=handler\\t%s\\n' "$H";; esac
          case $Z in
            zip) command -v unzip > /dev/null || { printf '=missing\\tunzip\\n'; return 1; };;
            tar) case $(tar --version 2>/dev/null) in *GNU*) ;; *) printf '=missing\\tGNU tar\\n'; return 1;; esac
                 for z in TgzArchive:gzip TarBzipArchive:bzip2 TarXzArchive:xz TarZstdArchive:zstd; do
                   case $z in "$H":*) command -v "${z#*:}" > /dev/null || { printf '=missing\\t%s\\n' "${z#*:}"; return 1; };; esac
                 done;;
          esac
        }
        tar_() { m=$1; shift; timeout "${Y:-{}}" tar "$m" "$@" -f "$A" {} -- {}; }
        zip_() { LC_ALL=C.UTF-8 unzip -Z -sT "$A" {} {} | grep -E '^[-dl?][^ ]{6,9} +[0-9.]+ [a-z]+ +[0-9]+ '; }
        zipped() { zip_ | awk '{ i = match($0, /[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][.][0-9][0-9][0-9][0-9][0-9][0-9] /); print substr($0, i + 16) }'; }
        names() { case $Z in zip) zipped;; *) tar_ -t --quoting-style=literal --show-transformed-names;; esac | grep -v '^$'; }
        table() {
          case $Z in
            tar) tar_ -tvP --quoting-style=literal --show-transformed-names --numeric-owner --full-time; echo "?$?";;
            zip) zip_ | while IFS= read -r e; do
                   n=$(printf '%s\\n' "$e" | awk '{ i = match($0, /[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][.][0-9][0-9][0-9][0-9][0-9][0-9] /); print substr($0, i + 16) }'); x=
                   case $e in l*) case $n in *[][*?\\\\]*) x=' -> /';; *) x=" -> $(LC_ALL=C.UTF-8 unzip -p "$A" "$n" | tr '\\n' /)";; esac;; esac
                   printf '%s\\n' "$e" | awk '{ k = substr($1, 1, 1); if (k == "?") k = "-"; printf "%srwxr-xr-x 0/0 %s 2000-01-01 00:00:00 ", k, $4 }'
                   printf '%s%s\\n' "$n" "$x"
                 done; echo '?0';;
          esac
        }
        judge() { table | awk {}; }
        newer() {
          tar_ -tv --quoting-style=literal --show-transformed-names --numeric-owner --full-time | sed 's/^/@T /'
          names | sed 's,^,./,' | (cd -- "$P" && xargs -d '\\n' -r sh -c 'find "$@" -maxdepth 0 -printf "@D %TY-%Tm-%Td %TH:%TM:%TS|%p\\\\n"' sh 2>/dev/null)
        }
        differs() {
          case $Z in
            tar) { case $O in *n*) newer;; esac; tar_ -d --quoting-style=literal -C "$P" 2>&1; echo "?$?"; } | awk {};;
            zip) { zip_; echo @@@; (cd -- "$P" && zipped | sed 's,^,./,' | xargs -d '\\n' -r sh -c 'find "$@" -maxdepth 0 -printf "%M %s %TY%Tm%Td.%TH%TM%TS|%p\\\\n"' sh) 2>/dev/null; } | awk {};;
          esac
        }
        modes() { names | sed "s,^,./," | (cd -- "$P" && xargs -d '\\n' -r stat -c '%f %u %g %U %G' -- 2>/dev/null) | sort | uniq | sed "s/^/=attributes\t/; s/\\$/ $(umask)/"; }
        room() { df -Pk -- "$P" | tail -n 1 | { read -r a b c d e; printf '=free\\t%s\\n' "$d"; }; }
        """,
        task.archive(),
        task.dest(),
        task.maxEntries(),
        task.maxSize(),
        task.listing() == Unarchive.Listing.TOLD ? "1" : "0",
        ignored(task),
        SHOWN,
        LIMIT,
        tarOptions(task),
        task.include(),
        task.include(),
        zipExcluded(task),
        JUDGE,
        DIFFERENCES,
        ZIP_DIFFERENCES);
  }

  /**
   * Kinds of differences that do not count: what the task sets itself, or a newer file may have.
   */
  private static String ignored(Unarchive task) {
    return (task.attributes().owner().isPresent() ? "o" : "")
        + (task.attributes().group().isPresent() ? "g" : "")
        + (task.attributes().mode().isPresent() ? "m" : "")
        + (task.newer() == Unarchive.Newer.KEPT ? "n" : "");
  }

  private static ImmutableList<String> tarOptions(Unarchive task) {
    List<String> options = new ArrayList<>(task.options());
    task.exclude().forEach(pattern -> options.add("--exclude=" + pattern));
    return ImmutableList.copyOf(options);
  }

  static ImmutableList<String> zipExcluded(Unarchive task) {
    return task.exclude().isEmpty()
        ? ImmutableList.of()
        : ImmutableList.<String>builder().add("-x").addAll(task.exclude()).build();
  }
}
