package dev.belay.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import dev.belay.value.None;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Filters that write values as text of some format, or read them from it. */
final class CodecFilters {
  private static final UUID ANSIBLE = UUID.fromString("361E6D51-FAEC-444A-9079-341386DA8E2E");

  /** Spaces a level. */
  private static final int INDENT_LIMIT = 100;

  private CodecFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put(
            "to_json",
            call -> Json.write(Evaluation.complete(call.value()), layout(call, -1, false)))
        .put(
            "to_nice_json",
            call -> Json.write(Evaluation.complete(call.value()), layout(call, 4, true)))
        .put(
            "tojson",
            call -> inHtml(Json.write(Evaluation.complete(call.value()), layout(call, -1, true))))
        .put("from_json", call -> Json.read(call.string()))
        .put(
            "to_yaml",
            call -> YamlText.write(Evaluation.complete(call.value()), call, YamlText.Style.SHORT))
        .put(
            "to_nice_yaml",
            call -> YamlText.write(Evaluation.complete(call.value()), call, YamlText.Style.NICE))
        .put(
            "from_yaml",
            call -> call.value() instanceof String text ? document(text, call) : call.value())
        .put(
            "from_yaml_all",
            call ->
                call.value() instanceof String text ? call.in().scope().yaml(text) : call.value())
        .put("b64encode", call -> BaseEncoding.base64().encode(call.text().getBytes(charset(call))))
        .put("b64decode", call -> new String(decoded(call.text()), charset(call)))
        .put("hash", call -> digest(call.text(0, "hashtype", "sha1"), call.text()))
        .put("password_hash", PasswordHash::of)
        .put("checksum", call -> digest("sha1", call.text()))
        .put("sha1", call -> digest("sha1", call.text()))
        .put("md5", call -> digest("md5", call.text()))
        .put("to_uuid", CodecFilters::uuid)
        .put("urlencode", CodecFilters::urlEncode)
        .put("urldecode", call -> urlDecode(call.string()))
        .put("urlsplit", Urls::split)
        .buildOrThrow();
  }

  private static Object document(String text, Call call) {
    ImmutableList<Object> documents = call.in().scope().yaml(text);
    if (documents.size() > 1) {
      throw new IllegalArgumentException(
          "expected a single document in the stream but found another document");
    }
    return documents.isEmpty() ? None.NONE : documents.get(0);
  }

  /** What is no letter of the code is passed over, as Python does. */
  private static byte[] decoded(String text) {
    String letters = text.replaceAll("[^A-Za-z0-9+/=]", "");
    int end = letters.indexOf('=');
    if (letters.length() % 4 != 0 || end >= 0 && end < letters.length() - 2) {
      throw new IllegalArgumentException("Incorrect padding");
    }
    return Base64.getDecoder().decode(letters);
  }

  private static Charset charset(Call call) {
    return Charsets.named(call.text(0, "encoding", "utf-8"));
  }

  private static Json.Layout layout(Call call, int indent, boolean sorted) {
    Object given = call.named().getOrDefault("indent", (long) indent);
    long level = Python.isInteger(given) ? Python.big(given).longValue() : -1;
    if (level > INDENT_LIMIT) {
      throw new IllegalArgumentException("an indent of more than " + INDENT_LIMIT + " spaces");
    }
    boolean sort = Python.truth(call.named().getOrDefault("sort_keys", sorted));
    boolean ascii = Python.truth(call.named().getOrDefault("ensure_ascii", true));
    String comma = level >= 0 ? "," : ", ";
    String colon = ": ";
    if (call.named().get("separators") instanceof java.util.List<?> pair && pair.size() == 2) {
      comma = PythonText.str(pair.get(0));
      colon = PythonText.str(pair.get(1));
    }
    return new Json.Layout((int) level, sort, ascii, comma, colon);
  }

  private static String inHtml(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("'", "\\u0027");
  }

  static String digest(String algorithm, String text) {
    String name =
        algorithm
            .toUpperCase(Locale.ROOT)
            .replaceFirst("^SHA(\\d)", "SHA-$1")
            .replace("SHA-3_", "SHA3-");
    try {
      return BaseEncoding.base16()
          .lowerCase()
          .encode(MessageDigest.getInstance(name).digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("unsupported hash type " + algorithm, e);
    }
  }

  private static UUID space(String name) {
    if (!name.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
      throw new IllegalArgumentException("Invalid value '" + name + "' for 'namespace'");
    }
    return UUID.fromString(name);
  }

  /** Version 5: the name's digest in a name space. */
  private static Object uuid(Call call) {
    UUID space = call.find(0, "namespace").map(name -> space(PythonText.str(name))).orElse(ANSIBLE);
    String bytes = space.toString().replace("-", "");
    byte[] name = call.text().getBytes(UTF_8);
    java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(16 + name.length);
    buffer.put(BaseEncoding.base16().lowerCase().decode(bytes)).put(name);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(buffer.array());
      hash[6] = (byte) (hash[6] & 0x0f | 0x50);
      hash[8] = (byte) (hash[8] & 0x3f | 0x80);
      java.nio.ByteBuffer made = java.nio.ByteBuffer.wrap(hash);
      return new UUID(made.getLong(), made.getLong()).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  /** What is no code stays. */
  private static String urlDecode(String text) {
    return java.net.URLDecoder.decode(text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), UTF_8);
  }

  private static Object urlEncode(Call call) {
    if (call.value() instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> quoted(e.getKey(), "") + "=" + quoted(e.getValue(), ""))
          .collect(Collectors.joining("&"));
    } else if (call.value() instanceof java.util.List<?> list) {
      return list.stream()
          .map(pair -> Python.iterate(pair))
          .map(
              (ImmutableList<Object> pair) ->
                  quoted(member(pair, 0), "") + "=" + quoted(member(pair, 1), ""))
          .collect(Collectors.joining("&"));
    }
    return quoted(call.value(), "/");
  }

  private static Object member(ImmutableList<Object> pair, int place) {
    if (pair.size() != 2) {
      throw new IllegalArgumentException("urlencode needs pairs");
    }
    return pair.get(place);
  }

  private static String quoted(Object value, String safe) {
    String encoded =
        URLEncoder.encode(PythonText.str(value), UTF_8).replace("*", "%2A").replace("%7E", "~");
    return safe.isEmpty() ? encoded : encoded.replace("+", "%20").replace("%2F", "/");
  }
}
