package dev.belay.modules;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a request: what {@link WebFetch} says, read.
 *
 * @param code HTTP's; -1 where the server did not answer
 * @param reason the words behind the code
 * @param headers of the last answer, by names in small letters; repeated ones joined by a comma
 * @param tool which made the request: curl, wget, busybox, none
 * @param status that the tool ended with
 * @param attempts how many were made
 * @param noRoom whether the folder of the file is full
 */
record WebAnswer(
    int code,
    String reason,
    ImmutableMap<String, String> headers,
    ImmutableList<String> cookies,
    int redirects,
    String url,
    String tool,
    int status,
    int attempts,
    boolean noRoom,
    ImmutableList<String> complaints) {
  private static final int NO_TOOL = 98;
  private static final int BEYOND_TOOL = 97;
  private static final int TOO_LATE = 124;

  /** Reads the lines from the last that {@code say} wrote. */
  static WebAnswer of(String said) {
    ImmutableList<String> lines =
        Output.lines(said).stream()
            .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
            .collect(toImmutableList());
    List<String> result = last(lines, "@");
    List<String> made = last(lines, "#");
    int code = Integer.parseInt(result.get(0));
    ImmutableList<String> block = lastBlock(lines);
    return new WebAnswer(
        code == 0 ? -1 : code,
        block.isEmpty() ? "" : block.get(0).replaceFirst("^HTTP/\\S+ \\d+ ?", ""),
        headers(block),
        cookies(block),
        Integer.parseInt(result.get(1)),
        result.get(2),
        made.get(0),
        Integer.parseInt(made.get(1)),
        Integer.parseInt(made.get(2)),
        made.get(3).equals("0"),
        lines.stream().filter(WebAnswer::isComplaint).collect(toImmutableList()));
  }

  private static List<String> last(List<String> lines, String sign) {
    String line =
        lines.stream()
            .filter(l -> l.startsWith(sign))
            .reduce((first, second) -> second)
            .orElseThrow(() -> new IllegalArgumentException("no answer: " + lines));
    return Splitter.on(' ').splitToList(line.substring(1));
  }

  private static boolean isComplaint(String line) {
    // Behind its own line curl has prose of many lines on certificates.
    return line.matches(
            "(curl|wget): .*|busybox's .*|.*(ERROR|[Ee]rror|Unsupported).*|[^ ]* [^ ]* failed: .*")
        && !line.startsWith("#");
  }

  /** The status line and headers of the last answer. */
  private static ImmutableList<String> lastBlock(List<String> lines) {
    int from = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(" *HTTP/[0-9.]+ \\d{3}.*")) {
        from = i;
      }
    }
    ImmutableList.Builder<String> block = ImmutableList.builder();
    for (int i = Math.max(from, 0); from >= 0 && i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (i > from && !line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:.*")) {
        break;
      }
      block.add(line);
    }
    return block.build();
  }

  private static ImmutableMap<String, String> headers(List<String> block) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : block.subList(Math.min(1, block.size()), block.size())) {
      String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(line.indexOf(':') + 1).strip(), (a, b) -> a + ", " + b);
    }
    return ImmutableMap.copyOf(headers);
  }

  private static ImmutableList<String> cookies(List<String> block) {
    return block.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip().replaceFirst(";.*", ""))
        .filter(cookie -> cookie.contains("="))
        .collect(toImmutableList());
  }

  boolean isRefusal() {
    return code >= 400;
  }

  /** Ansible's words for how it went. */
  String message() {
    if (code < 0) {
      return "Request failed: " + why();
    }
    return code < 300
        ? "OK (" + headers.getOrDefault("content-length", "unknown") + " bytes)"
        : "HTTP Error " + code + ": " + reason;
  }

  /** Why it failed, in one sentence. */
  String why() {
    String tries = attempts > 1 ? " (" + attempts + " attempts)" : "";
    if (status == NO_TOOL) {
      return "there is neither curl nor wget on this host; install one of them";
    } else if (status == BEYOND_TOOL) {
      return complaint() + "; install curl or GNU wget on this host";
    } else if (isRefusal() || status == 0 && code > 0) {
      return "the server answered " + code + " " + reason + tries;
    } else if (isNoRoom()) {
      return "the file could not be written: no space is left there";
    }
    return complaint() + tries;
  }

  private boolean isNoRoom() {
    return noRoom && (tool.equals("curl") ? status == 23 : status == 3 || status == 1);
  }

  private String complaint() {
    if (!complaints.isEmpty()) {
      return complaints.get(complaints.size() - 1);
    } else if (status == TOO_LATE) {
      return "it was not done before the deadline";
    }
    return status == 4 && tool.equals("wget")
        ? "wget: the connection failed or was cut"
        : tool + " ended with status " + status;
  }
}
