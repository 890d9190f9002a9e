package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.Parameter;
import dev.belay.module.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a request is made: who asks, what it carries, how long it may take.
 *
 * @param login as {@code user:password}
 * @param preemptive whether the login goes along before the server asks for it
 * @param unredirected names of headers, in small letters, that only the first server gets
 * @param timeout in seconds, for connecting and for silence
 * @param deadline in seconds, for all attempts together
 */
record WebSettings(
    ImmutableMap<String, String> headers,
    ImmutableSet<String> unredirected,
    Optional<String> login,
    boolean preemptive,
    boolean readsNetrc,
    String name,
    boolean usesProxy,
    boolean verifies,
    ImmutableMap<String, String> files,
    String ciphers,
    boolean decompresses,
    long timeout,
    long deadline,
    long attempts) {

  static final long DEADLINE = 3600;

  private static final ImmutableMap<String, String> CURL_FILES =
      ImmutableMap.of("ca_path", "cacert", "client_cert", "cert", "client_key", "key");
  private static final ImmutableMap<String, String> WGET_FILES =
      ImmutableMap.of(
          "ca_path", "ca_certificate", "client_cert", "certificate", "client_key", "private_key");

  /** What {@code get_url} and {@code uri} share. */
  static final ImmutableList<Parameter> PARAMETERS =
      ImmutableList.of(
          Parameter.optional(
              "headers",
              Type.DICT,
              "More headers of the request. They are never on a command line."),
          Parameter.optional(
              "unredirected_headers",
              Type.LIST,
              "Names of headers that are not sent on to where a redirect leads. curl drops 'Authorization' and 'Cookie' by itself where it leads to another host."),
          Parameter.optional("url_username", Type.TEXT, "The user that the server is told.")
              .alias("username", "user"),
          Parameter.optional("url_password", Type.SCALAR, "The user's password.").alias("password"),
          Parameter.optional(
                  "force_basic_auth",
                  Type.FLAG,
                  "Whether user and password go along at once; else after the server asked for them.")
              .defaultsTo(false),
          Parameter.optional(
                  "use_netrc", Type.FLAG, "Whether ~/.netrc is read where no user is given.")
              .defaultsTo(true),
          Parameter.optional("http_agent", Type.TEXT, "What the request calls itself.")
              .defaultsTo("ansible-httpget"),
          Parameter.optional(
                  "use_proxy",
                  Type.FLAG,
                  "Whether a proxy that the host's environment names is used; a task's 'environment' can name one.")
              .defaultsTo(true),
          Parameter.optional(
                  "validate_certs", Type.FLAG, "Whether the server must prove who it is.")
              .defaultsTo(true),
          Parameter.optional(
              "ca_path",
              Type.PATH,
              "A PEM file on the host with the certificates to trust instead of the system's."),
          Parameter.optional(
              "client_cert",
              Type.PATH,
              "A PEM file on the host with which the host proves itself."),
          Parameter.optional("client_key", Type.PATH, "The key to it, where it is another file."),
          Parameter.optional(
              "ciphers", Type.LIST, "TLS ciphers in OpenSSL's words; several are joined by ':'."),
          Parameter.optional(
                  "decompress",
                  Type.FLAG,
                  "Whether an answer that the server compressed unasked is unpacked; by curl alone.")
              .defaultsTo(true),
          Parameter.optional(
                  "deadline",
                  Type.INTEGER,
                  "Belay's own. Seconds that all attempts together may take.")
              .defaultsTo(DEADLINE));

  static WebSettings of(Args args, WebAddress address, long attempts) {
    Optional<String> given =
        args.textIfGiven("url_username")
            .map(user -> user + ":" + args.textIfGiven("url_password").orElse(""));
    ImmutableMap.Builder<String, String> files = ImmutableMap.builder();
    for (String file : CURL_FILES.keySet()) {
      args.textIfGiven(file).ifPresent(path -> files.put(file, path));
    }
    WebSettings settings =
        new WebSettings(
            headers(args),
            args.texts("unredirected_headers").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(ImmutableSet.toImmutableSet()),
            given.or(address::login),
            args.flag("force_basic_auth") || given.isEmpty(),
            args.flag("use_netrc"),
            args.text("http_agent"),
            args.flag("use_proxy"),
            args.flag("validate_certs"),
            files.buildOrThrow(),
            String.join(":", args.texts("ciphers")),
            args.flag("decompress"),
            positive("timeout", args.integer("timeout")),
            positive("deadline", args.integer("deadline")),
            attempts);
    settings.refuseLineEnds();
    return settings;
  }

  /** For a plain fetch, of which nothing is said but whether the server must prove itself. */
  static WebSettings plain(WebAddress address, Args args) {
    return new WebSettings(
        ImmutableMap.of(),
        ImmutableSet.of(),
        address.login(),
        true,
        true,
        "ansible-httpget",
        true,
        args.flag("validate_certs"),
        ImmutableMap.of(),
        "",
        true,
        10,
        DEADLINE,
        3);
  }

  /** The same for another server, which must not get what was meant for the first. */
  WebSettings withoutSecrets() {
    return new WebSettings(
        ImmutableMap.of(),
        unredirected,
        Optional.empty(),
        true,
        false,
        name,
        usesProxy,
        verifies,
        files,
        ciphers,
        decompresses,
        timeout,
        deadline,
        attempts);
  }

  private static long positive(String name, long seconds) {
    if (seconds <= 0) {
      throw new IllegalArgumentException("'" + name + "' must be a number of seconds above 0");
    }
    return seconds;
  }

  private static ImmutableMap<String, String> headers(Args args) {
    ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
    args.dict("headers").forEach((name, value) -> headers.put(name, value.toString()));
    return headers.buildOrThrow();
  }

  /** A line end in a header would be a header of its own, or a setting. */
  private void refuseLineEnds() {
    StringBuilder all = new StringBuilder(name + ciphers + login.orElse(""));
    headers.forEach((key, value) -> all.append(key).append(value));
    files.values().forEach(all::append);
    if (all.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException(
          "headers, names, passwords and paths of a request hold no line ends");
    }
  }

  /** Whether it carries anything that others on the host must not read. */
  boolean isSecret() {
    return !headers.isEmpty() || login.isPresent();
  }

  /** For curl, to be read from its standard input. */
  String curl(WebAddress address) {
    StringBuilder lines = new StringBuilder();
    set(lines, "url", address.text());
    headers.forEach((key, value) -> set(lines, "header", header(key, value)));
    return lines.append(curlBesideHeaders()).toString();
  }

  /** The settings for where a redirect leads; its URL comes from the first answer. */
  String curlRedirected() {
    StringBuilder lines = new StringBuilder();
    headers.forEach(
        (key, value) -> {
          if (!unredirected.contains(key.toLowerCase(Locale.ROOT))) {
            set(lines, "header", header(key, value));
          }
        });
    return lines.append(curlBesideHeaders()).toString();
  }

  /** A header without a value is one to curl only with a semicolon. */
  private static String header(String key, String value) {
    return value.isEmpty() ? key + ";" : key + ": " + value;
  }

  private String curlBesideHeaders() {
    StringBuilder lines = new StringBuilder("globoff\nproto = \"=http,https\"\n");
    lines.append("proto-redir = \"=http,https\"\nmax-redirs = 10\n");
    set(lines, "user-agent", name);
    if (headers.keySet().stream().noneMatch(key -> key.equalsIgnoreCase("accept-encoding"))) {
      set(lines, "header", "Accept-Encoding: identity");
    }
    lines.append(decompresses ? "compressed\n" : "");
    lines.append("connect-timeout = ").append(timeout).append('\n');
    login.ifPresent(who -> set(lines, "user", who));
    lines.append(login.isEmpty() ? "" : preemptive ? "basic\n" : "anyauth\n");
    lines.append(login.isEmpty() && readsNetrc ? "netrc-optional\n" : "");
    lines.append(usesProxy ? "" : "noproxy = \"*\"\n");
    lines.append(verifies ? "" : "insecure\n");
    files.forEach((file, path) -> set(lines, CURL_FILES.get(file), path));
    if (!ciphers.isEmpty()) {
      set(lines, "ciphers", ciphers);
    }
    return lines.toString();
  }

  static void set(StringBuilder lines, String name, String value) {
    String quoted =
        value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\r", "\\r");
    lines.append(name).append(" = \"").append(quoted).append("\"\n");
  }

  /** For GNU wget, as lines of its settings file. */
  String wget() {
    StringBuilder lines = new StringBuilder("tries = 1\nmax_redirect = 10\n");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      line(lines, "header", header.getKey() + ": " + header.getValue());
    }
    line(lines, "user_agent", name);
    line(lines, "timeout", String.valueOf(timeout));
    login.ifPresent(
        who -> {
          line(lines, "http_user", who.substring(0, who.indexOf(':')));
          line(lines, "http_password", who.substring(who.indexOf(':') + 1));
        });
    lines.append(preemptive && login.isPresent() ? "auth_no_challenge = on\n" : "");
    lines.append(readsNetrc ? "" : "netrc = off\n");
    lines.append(usesProxy ? "" : "use_proxy = off\n");
    lines.append(verifies ? "" : "check_certificate = off\n");
    files.forEach((file, path) -> line(lines, WGET_FILES.get(file), path));
    if (!ciphers.isEmpty()) {
      line(lines, "ciphers", ciphers);
    }
    return lines.toString();
  }

  private static void line(StringBuilder lines, String name, String value) {
    lines.append(name).append(" = ").append(value).append('\n');
  }
}
