package dev.belay.modules;

import dev.belay.module.Attributes;
import dev.belay.shell.Sh;

/**
 * The request as a script. Without {@code dest} the answer goes to standard output and no file is
 * made.
 */
final class UriScript {
  private UriScript() {}

  static Sh of(Uri task) {
    return Sh.of(
        """
        command -v curl > /dev/null || { echo 'uri needs curl, which is not on this host' >&2; exit 98; }
        up() { read -r u v < /proc/uptime; u=${u%%.*}; }
        up; began=$u
        {}""",
        task.dest().isPresent() ? toFile(task) : toOutput(task));
  }

  private static Sh request(Uri task, Sh place) {
    return Sh.of(
        "printf %s {} | curl -q -sS -m {} --speed-limit 1 --speed-time {} -K - -D - -o {} -w '\\n@%{http_code} %{num_redirects} %{url_effective} \\n'; s=$?",
        task.curl(), task.settings().deadline(), task.settings().timeout(), place);
  }

  private static Sh toOutput(Uri task) {
    return Sh.of(
        "{}; up; printf '\\n#curl %s 1 1\\n=elapsed\\t%s\\n' \"$s\" $((u - began))",
        request(task, Sh.of("-")));
  }

  /** Only an answer that is as expected takes the file's place. */
  private static Sh toFile(Uri task) {
    String name = task.address().name().isEmpty() ? "index.html" : task.address().name();
    Attributes wanted = task.attributes();
    return Sh.of(
        """
        p={}; if [ -d "$p" ]; then p=$p/{}; fi; d=${p%/*}; d=${d:-/}
        t=$(mktemp "$d/.belay.XXXXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT; trap 'exit 1' HUP INT TERM
        r=$({}; exit "$s"); s=$?
        printf '%s' "$r"; up; printf '\\n\\n#curl %s 1 1\\n=elapsed\\t%s\\n=path\\t%s\\n' "$s" $((u - began)) "$p"
        c=${r##*@}; c=${c%% *}
        [ "$s" -eq 0 ] || exit 0
        case {} in *" $c "*) ;; *) exit 0;; esac
        if [ -f "$p" ] && cmp -s -- "$t" "$p"; then b=$(stat -L -c '%a %u %g' -- "$p"); {} || exit 1
          [ "$b" = "$(stat -L -c '%a %u %g' -- "$p")" ] || printf '=changed\\t1\\n'
        else
          if [ -f "$p" ]; then chmod --reference="$p" -- "$t" && chown --reference="$p" -- "$t"; else chmod 0644 -- "$t"; fi &&
          {} && sync -- "$t" && mv -fT -- "$t" "$p" && printf '=changed\\t1\\n' || exit 1
        fi
        stat -L -c '=mode	%04a
        =owner	%U
        =group	%G
        =uid	%u
        =gid	%g
        =size	%s' -- "$p"
        printf '=state\\tfile\\n'""",
        task.dest().orElseThrow(),
        name,
        request(task, Sh.of("\"$t\"")),
        " " + String.join(" ", task.expected().stream().map(String::valueOf).toList()) + " ",
        attributed(wanted, Sh.of("\"$p\"")),
        attributed(wanted, Sh.of("\"$t\"")));
  }

  private static Sh attributed(Attributes wanted, Sh file) {
    Sh all = Sh.of(":");
    if (wanted.owner().isPresent()) {
      all = Sh.of("{} && chown -- {} {}", all, wanted.owner().get(), file);
    }
    if (wanted.group().isPresent()) {
      all = Sh.of("{} && chgrp -- {} {}", all, wanted.group().get(), file);
    }
    if (wanted.mode().isPresent()) {
      all = Sh.of("{} && chmod -- {} {}", all, wanted.mode().get(), file);
    }
    return all;
  }
}
