package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import dev.belay.shell.Sh;

/**
 * The loop on the host: looks, sleeps, and ends when it is so, too late, or nobody listens any
 * more.
 */
final class WaitForScript {
  /** The status of a wait that came to its end in vain. */
  static final int LATE = 124;

  private static final ImmutableSet<String> OWN =
      ImmutableSet.of("127.0.0.1", "::1", "localhost", "0.0.0.0", "::");
  private static final ImmutableSet<String> ANY = ImmutableSet.of("0.0.0.0", "::");

  private WaitForScript() {}

  static Sh of(WaitFor wait) {
    return Sh.of(
        """
        up() { read -r u v < /proc/uptime; u=${u%%.*}; }
        told() { up; printf '=elapsed\\t%s\\n' $((u - began)); }
        up; began=$u; end=$((u + {})); sleep {}
        {}
        while :; do
          if {}; then told; {}; exit 0; fi
          up
          if [ "$u" -ge "$end" ] || [ ! -d "/proc/$PPID" ]; then told; exit {}; fi
          left=$((end - u)); if [ "$left" -gt {} ]; then left={}; fi; sleep "$left"
        done""",
        wait.timeout(),
        wait.delay(),
        tools(wait),
        condition(wait),
        findings(wait),
        LATE,
        wait.sleep(),
        wait.sleep());
  }

  private static Sh condition(WaitFor wait) {
    if (wait.port().isEmpty() && wait.path().isEmpty()) {
      return Sh.of("[ \"$u\" -ge \"$end\" ]");
    } else if (wait.state().equals("drained")) {
      return Sh.of("[ \"$(connected)\" -eq 0 ]");
    }
    Sh there = there(wait);
    return wait.waitsForPresence() ? there : Sh.of("! {}", there);
  }

  private static Sh there(WaitFor wait) {
    if (wait.path().isEmpty()) {
      return Sh.of(wait.regex().isPresent() ? "heard" : "open");
    }
    String path = wait.path().get();
    return wait.regex().isPresent()
        ? Sh.of("{ [ -e {} ] && m=$(grab < {}) && matched; }", path, path)
        : Sh.of("[ -e {} ]", path);
  }

  /** Fails at once, and not after the whole time, where the host cannot tell. */
  private static Sh tools(WaitFor wait) {
    ImmutableList.Builder<Sh> tools = ImmutableList.builder();
    wait.regex()
        .ifPresent(
            regex ->
                tools.add(
                    Sh.of(
                        """
                        printf x | grep -qP -- x 2>/dev/null || { echo "'search_regex' needs a grep that knows -P, and this host's does not" >&2; exit 3; }
                        printf x | grep -qP -- {} 2>/dev/null; [ "$?" -lt 2 ] || { echo "grep -P does not take 'search_regex'" >&2; exit 3; }
                        grab() { tr '\\000' '\\n' | grep -azoPm1 -- {} | tr '\\000' '\\n'; echo .; }
                        matched() { m=${m%.}; m=${m%?}; [ -n "$m" ]; }""",
                        "(?m)" + regex, "(?m)" + regex)));
    wait.port()
        .ifPresent(
            port -> {
              if (wait.state().equals("drained")) {
                tools.add(connected(wait, port));
              } else if (wait.regex().isEmpty() && OWN.contains(wait.host())) {
                tools.add(listening(port));
              } else {
                tools.add(connecting(wait, port));
              }
            });
    return tools.build().isEmpty() ? Sh.of(":") : Sh.lines(tools.build());
  }

  private static Sh listening(long port) {
    return Sh.of(
        "open() { cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p={} '$4 == \"0A\" && substr($2, length($2) - 3) == p { f = 1 } END { exit !f }'; }",
        String.format("%04X", port));
  }

  private static Sh connecting(WaitFor wait, long port) {
    return Sh.of(
        """
        h={}; p={}; w={}
        if command -v bash > /dev/null; then k=bash; elif command -v nc > /dev/null; then k=nc; elif command -v curl > /dev/null; then k=curl; else
          echo "to connect to $h this host needs bash, nc or curl" >&2; exit 3; fi
        hear() {
          case $k in
            bash) timeout "$w" bash -c 'exec 3<>"/dev/tcp/$0/$1" && cat <&3' "$h" "$p" 2>/dev/null;;
            nc) timeout "$w" nc "$h" "$p" 2>/dev/null;;
            *) timeout "$w" curl -q -s -m "$w" "telnet://$h:$p" 2>/dev/null;;
          esac
        }
        heard() { m=$(hear | grab) && matched; }
        open() {
          case $k in
            bash) timeout "$w" bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$h" "$p" 2>/dev/null;;
            nc) timeout "$w" nc -z -w "$w" "$h" "$p" 2>/dev/null;;
            *) case $(curl -q -s -o /dev/null -m "$w" -w '%{time_connect}' "telnet://$h:$p" 2>/dev/null) in '' | 0 | 0.000 | 0.000000) return 1;; esac;;
          esac
        }""",
        OWN.contains(wait.host()) ? own(wait.host()) : wait.host(), port, wait.connectTimeout());
  }

  private static String own(String host) {
    return host.contains(":") ? "::1" : "127.0.0.1";
  }

  /** How many connections there are, but for those of hosts that do not count. */
  private static Sh connected(WaitFor wait, long port) {
    ImmutableList<String> states =
        wait.connectionStates().stream()
            .map(WaitFor.STATES::get)
            .collect(ImmutableList.toImmutableList());
    String address =
        ANY.contains(wait.host()) ? "" : KernelAddress.of(literal(wait.host()), "host");
    return Sh.of(
        """
        connected() {
          cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p={} -v s={} -v h={} -v x={} '
            function plain(a) { return a ~ /^0000000000000000FFFF0000/ && length(a) == 32 ? substr(a, 25) : a }
            $4 ~ /^0[1-6]$/ { split($2, l, ":"); split($3, r, ":")
              if (l[2] == p && index(s, $4) && (h == "" || plain(l[1]) == h) && !index(" " x " ", " " plain(r[1]) " ")) n++ }
            END { print n + 0 }'
        }""",
        String.format("%04X", port),
        String.join(" ", states),
        address,
        String.join(" ", wait.excluded()));
  }

  private static String literal(String host) {
    if (host.equals("localhost")) {
      return "127.0.0.1";
    } else if (!InetAddresses.isInetAddress(host)) {
      throw new IllegalArgumentException("with state=drained 'host' must be an address");
    }
    return host;
  }

  private static Sh findings(WaitFor wait) {
    Sh attributes =
        wait.path()
            .filter(path -> wait.waitsForPresence())
            .map(
                path ->
                    Sh.of(
                        "if [ -d {} ]; then k=directory; elif [ -f {} ]; then k=file; else k=other; fi; printf '=state\\t%s\\n' \"$k\"; stat -L -c '=mode\t%04a\n=owner\t%U\n=group\t%G\n=uid\t%u\n=gid\t%g\n=size\t%s' -- {}",
                        path, path, path))
            .orElse(Sh.of(":"));
    return wait.regex().isPresent() && wait.waitsForPresence()
        ? Sh.of("{}; printf '=match\\n%s' \"$m\"", attributes)
        : attributes;
  }
}
