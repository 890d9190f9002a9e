package dev.belay.modules;

import dev.belay.shell.Sh;

/**
 * The shell that makes a request with what the host has: curl, GNU wget, or busybox's wget for
 * plain ones.
 *
 * <p>What is secret goes to curl on its standard input and to wget in a file that only its user can
 * read; a command line is open to everybody on the host. {@code ask FILE} makes one attempt, {@code
 * fetch FILE} as many as are allowed, {@code say} tells what {@link WebAnswer} reads.
 */
final class WebFetch {
  /** In seconds. Slower than 1 KiB/s for so long counts as standing still. */
  private static final long SLOW = 30;

  private static final Sh FUNCTIONS =
      Sh.of(
          """
          nl='
          '
          up() { read -r u v < /proc/uptime; u=${u%%.*}; }
          code() { c=${r##*"$nl@"}; x=${c%%"$nl"*}; c=${c%% *}; }
          ask_curl() {
            r=$(printf '%s' "$C" | curl -q -sS $F -m "$left" --speed-limit 1024 --speed-time "$W" -K - -D - -o "$1" -w "\\n@%{http_code} %{num_redirects} %{url_effective} %{redirect_url}\\n" 2>&1); s=$?; code
            case $c in 30[12378]) ;; *) return;; esac
            [ -n "$L" ] && [ -n "${x##* }" ] || return
            l=$(printf '%s' "${x##* }" | sed 's/[\\\\"]/\\\\&/g')
            r=$(printf '%s\\nurl = "%s"\\n' "$L" "$l" | curl -q -sS -f -L -m "$left" --speed-limit 1024 --speed-time "$W" -K - -D - -o "$1" -w "\\n@%{http_code} 1 %{url_effective} %{redirect_url}\\n" 2>&1); s=$?; code
          }
          ask_wget() {
            g=$(mktemp "${TMPDIR:-/tmp}/belay.XXXXXXXX") || exit 1
            printf '%s' "$G" > "$g"
            r=$(printf '%s\\n' "$U" | timeout "$left" wget --config="$g" -nv -S -O "$1" -i - 2>&1); s=$?; rm -f -- "$g"; g=
            l=$(printf '%s\\n' "$r" | sed -n 's/.* URL:\\([^ ]*\\) .*/\\1/p' | tail -n 1)
            c=$(printf '%s\\n' "$r" | sed -n 's/^ *HTTP\\/[0-9.]* \\([0-9]*\\).*/\\1/p' | tail -n 1)
            r="$r$nl@${c:=0} $(printf '%s\\n' "$r" | grep -c '^ *Location: ') ${l:-$U} "
          }
          ask_busybox() {
            [ -z "$B" ] || { s=97; c=0; r="$nl$B$nl@0 0 $U "; return; }
            r=$(timeout "$left" wget -T "$T" -O "$1" "$U" 2>&1); s=$?
            c=$(printf '%s\\n' "$r" | sed -n 's/.*server returned error: HTTP\\/[0-9.]* \\([0-9]*\\).*/\\1/p' | tail -n 1)
            if [ "$s" -eq 0 ]; then c=200; fi
            r="$r$nl@${c:=0} 0 $U "
          }
          tool() {
            if command -v curl > /dev/null; then k=curl; return; fi
            command -v wget > /dev/null || { k=none; return; }
            case $(wget --version 2>&1) in *'GNU Wget'*) k=wget;; *) k=busybox;; esac
          }
          passing() {
            case $c in 408 | 429 | 500 | 502 | 503 | 504) return 0;; [45]??) return 1;; esac
            case $k$s in curl5 | curl6 | curl7 | curl16 | curl18 | curl28 | curl35 | curl52 | curl55 | curl56 | curl92 | wget4 | busybox1) return 0;; esac
            return 1
          }
          fetch() {
            tool; n=0; w=1; up; end=$((u + D))
            case $k in none) s=98; c=0; r="$nl@0 0 $U "; return 1;; esac
            while :; do
              n=$((n + 1)); up; left=$((end - u)); [ "$left" -gt 0 ] || left=1
              "ask_$k" "$1"
              [ "$s" -ne 0 ] || return 0
              up; [ "$n" -lt "$N" ] && passing && [ $((u + w)) -lt "$end" ] && [ -d "/proc/$PPID" ] || return 1
              sleep "$w"; [ "$w" -ge 16 ] || w=$((w * 2))
            done
          }
          say() { printf '%s\\n#%s %s %s %s\\n' "$r" "$k" "$s" "$n" "$(df -Pk -- "$1" 2>/dev/null | tail -n 1 | { read -r a b e f h; echo "${f:-1}"; })"; }
          """);

  private WebFetch() {}

  /** The functions themselves; once in a script. */
  static Sh functions() {
    return FUNCTIONS;
  }

  /**
   * Sets what the next {@code fetch} gets. Redirects are followed, and an answer of 400 or more
   * fails.
   */
  static Sh of(WebAddress address, WebSettings settings) {
    return of(address, settings, settings.curl(address), follow(settings));
  }

  private static String follow(WebSettings settings) {
    return settings.unredirected().isEmpty() ? "-f -L" : "-f";
  }

  /**
   * The same, with settings for curl of the caller's own.
   *
   * @param flags words for curl, none of them secret
   */
  static Sh of(WebAddress address, WebSettings settings, String curl, String flags) {
    return Sh.of(
        "U={}; C={}; F={}; L={}; G={}; B={}; D={}; N={}; T={}; W={}",
        address.text(),
        curl,
        flags,
        settings.unredirected().isEmpty() || flags.isEmpty() ? "" : settings.curlRedirected(),
        settings.wget(),
        beyondBusybox(address, settings),
        settings.deadline(),
        settings.attempts(),
        settings.timeout(),
        Math.max(settings.timeout(), SLOW));
  }

  /** Why busybox's wget cannot do it; empty where it can. */
  private static String beyondBusybox(WebAddress address, WebSettings settings) {
    if (address.isSecure() && settings.verifies()) {
      return "busybox's wget does not check certificates";
    } else if (settings.isSecret() || address.hasQuery()) {
      return "busybox's wget shows headers, passwords and queries to everybody on the host";
    } else if (!settings.usesProxy()
        || !settings.files().isEmpty()
        || !settings.ciphers().isEmpty()) {
      return "busybox's wget knows nothing of proxies, certificates and ciphers";
    }
    return "";
  }
}
