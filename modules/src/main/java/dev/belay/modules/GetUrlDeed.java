package dev.belay.modules;

import dev.belay.module.Attributes;
import dev.belay.shell.Sh;
import java.util.Optional;

/**
 * The script that fetches a file: beside its place under a temporary name, compared, and renamed.
 * Whatever goes wrong before the rename leaves what was there as it was, and nothing else.
 *
 * @param path where the file is to be
 * @param folder where it is kept until it is whole; empty for the folder of {@code path}
 */
record GetUrlDeed(
    String path,
    WebAddress address,
    WebSettings settings,
    Optional<Checksum> sum,
    Optional<String> folder,
    Attributes attributes,
    GetUrl.Backup backup) {

  /** A sum that is not to be had ends the script with this. */
  static final int NO_SUM = 8;

  /** The bytes that came have another sum. */
  static final int WRONG_SUM = 9;

  private static final String FIND =
      "{ sub(/\\r$/, \"\"); f = $0; sub(/^[ \\t]*[^ \\t]+[ \\t]*/, \"\", f); sub(/^[*]/, \"\", f); sub(/^[.]\\//, \"\", f);"
          + " if (f == ENVIRON[\"name\"]) { print $1; found = 1; exit } if (f == \"\") only = $1 }"
          + " END { if (!found && NR == 1 && only != \"\") print only }";

  private static final Sh ANSWER =
      Sh.of(
          """
          answer() {
            printf '=changed\\t%s\\n=checksum_src\\t%s\\n=checksum_dest\\t%s\\n=md5sum\\t%s\\n=backup_file\\t%s\\n' "$1" "$a" "$b" "$(md5sum < "$p" 2>/dev/null | cut -d' ' -f1)" "$o"
            up; printf '=elapsed\\t%s\\n' $((u - began))
            stat -L -c '=mode	%04a
          =owner	%U
          =group	%G
          =uid	%u
          =gid	%g
          =size	%s' -- "$p"
            say "$d"
          }
          sum() { s=$(sha1sum < "$1") && printf %s "${s%% *}"; }
          failed() { up; printf '=elapsed\\t%s\\n' $((u - began)); say "${t%/*}"; exit "$1"; }
          """);

  Sh script() {
    return Sh.of(
        """
        p={}; d={}; f={}; a=; b=; o=; g=; t=; k=none; s=0; n=0; r="@0 0 - "; umask 022
        for e in "$d" "$f"; do [ -d "$e" ] || { echo "the folder $e does not exist" >&2; exit 1; }; done
        trap 'rm -f -- "$t" "$g" "$t.new"' EXIT; trap 'exit 1' HUP INT TERM
        {}
        {}
        up; began=$u
        t=$(mktemp "$f/.belay.XXXXXXXX") || exit 1
        {}
        {}
        fetch "$t" || failed 1
        [ "$c" = 200 ] || failed 1
        {}
        a=$(sum "$t"); [ ! -f "$p" ] || b=$(sum "$p")
        if [ "$a" = "$b" ]; then {}; exit 0; fi
        {}
        if [ "$f" != "$d" ]; then m=$t; t=$(mktemp "$d/.belay.XXXXXXXX") && cp -- "$m" "$t"; s=$?; rm -f -- "$m"; [ "$s" -eq 0 ] || exit 1; fi
        if [ -f "$p" ]; then chmod --reference="$p" -- "$t" && chown --reference="$p" -- "$t"; else chmod 0644 -- "$t"; fi &&
        {} && sync -- "$t" && mv -fT -- "$t" "$p" && sync -- "$d" && answer 1""",
        path,
        Paths.parent(path),
        folder.orElse(Paths.parent(path)),
        WebFetch.functions(),
        ANSWER,
        sum.map(this::known).orElse(Sh.of(":")),
        WebFetch.of(address, settings),
        sum.map(GetUrlDeed::verified).orElse(Sh.of(":")),
        kept(),
        backup == GetUrl.Backup.KEPT ? keep() : Sh.of(":"),
        attributed("$t"));
  }

  /** Finds out which digits are wanted, and whether what is there has them. */
  private Sh known(Checksum wanted) {
    return wanted
        .digits()
        .map(digits -> Sh.of("q={}", digits))
        .orElseGet(
            () -> {
              WebAddress list = wanted.list().orElseThrow();
              WebSettings fitting = isSameServer(list) ? settings : settings.withoutSecrets();
              return Sh.of(
                  """
                  {}
                  fetch "$t" || failed {}
                  q=$(name={} awk {} "$t" | tr A-F a-f)
                  case $q in '' | *[!0-9a-f]*) echo {} >&2; failed {};; esac
                  if [ -f "$p" ]; then h=$({} < "$p"); if [ "${h%% *}" = "$q" ]; then {}; exit 0; fi; fi""",
                  WebFetch.of(list, fitting),
                  NO_SUM,
                  address.name(),
                  FIND,
                  "there is no checksum for '" + address.name() + "' in " + list,
                  NO_SUM,
                  wanted.program(),
                  kept());
            });
  }

  private boolean isSameServer(WebAddress other) {
    return server(other).equals(server(address));
  }

  private static String server(WebAddress address) {
    return address.text().replaceFirst("^(\\w+://[^/?#]*).*", "$1");
  }

  private static Sh verified(Checksum wanted) {
    return Sh.of(
        "h=$({} < \"$t\"); h=${h%% *}; [ \"$h\" = \"$q\" ] || { echo \"the checksum is $h, not $q\" >&2; failed {}; }",
        wanted.program(), WRONG_SUM);
  }

  /** What is there stays; its attributes are set, and that alone can be a change. */
  private Sh kept() {
    return Sh.of(
        "x=$(stat -L -c '%a %u %g' -- \"$p\"); {} || exit 1; y=$(stat -L -c '%a %u %g' -- \"$p\"); if [ \"$x\" = \"$y\" ]; then answer 0; else answer 1; fi",
        attributed("$p"));
  }

  private static Sh keep() {
    return Sh.of(
        "if [ -f \"$p\" ]; then o=$p.$(sh -c 'echo $$').$(date +%Y-%m-%d@%H:%M:%S)~; cp -p -- \"$p\" \"$o\" || exit 1; fi");
  }

  private Sh attributed(String variable) {
    Sh word = variable.equals("$t") ? Sh.of("\"$t\"") : Sh.of("\"$p\"");
    Sh all = Sh.of(":");
    if (attributes.owner().isPresent()) {
      all = Sh.of("{} && chown -- {} {}", all, attributes.owner().get(), word);
    }
    if (attributes.group().isPresent()) {
      all = Sh.of("{} && chgrp -- {} {}", all, attributes.group().get(), word);
    }
    if (attributes.mode().isPresent()) {
      all = Sh.of("{} && chmod -- {} {}", all, attributes.mode().get(), word);
    }
    return all;
  }
}
