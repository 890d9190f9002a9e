package dev.belay.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Filters that write values as text of some format, or read them from it. */
final class CodecFilters {
  private static final UUID ANSIBLE = UUID.fromString("361E6D51-FAEC-444A-9079-341386DA8E2E");

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
            "tojson", call -> Json.write(Evaluation.complete(call.value()), layout(call, -1, true)))
        .put("from_json", call -> Json.read(call.text()))
        .put(
            "to_yaml",
            call -> YamlText.write(Evaluation.complete(call.value()), call, YamlText.Style.SHORT))
        .put(
            "to_nice_yaml",
            call -> YamlText.write(Evaluation.complete(call.value()), call, YamlText.Style.NICE))
        .put(
            "from_yaml",
            call ->
                call.value() instanceof String text
                    ? call.in().scope().yaml(text).get(0)
                    : call.value())
        .put(
            "from_yaml_all",
            call ->
                call.value() instanceof String text ? call.in().scope().yaml(text) : call.value())
        .put("b64encode", call -> BaseEncoding.base64().encode(call.text().getBytes(charset(call))))
        .put(
            "b64decode",
            call ->
                new String(
                    BaseEncoding.base64().decode(call.text().replaceAll("\\s", "")), charset(call)))
        .put("hash", call -> digest(call.text(0, "hashtype", "sha1"), call.text()))
        .put("checksum", call -> digest("sha1", call.text()))
        .put("sha1", call -> digest("sha1", call.text()))
        .put("md5", call -> digest("md5", call.text()))
        .put("to_uuid", CodecFilters::uuid)
        .put("urlencode", CodecFilters::urlEncode)
        .put("urldecode", call -> java.net.URLDecoder.decode(call.text(), UTF_8))
        .put("urlsplit", Urls::split)
        .buildOrThrow();
  }

  private static Charset charset(Call call) {
    return Charset.forName(call.text(0, "encoding", "utf-8"));
  }

  private static Json.Layout layout(Call call, int indent, boolean sorted) {
    Object given = call.named().getOrDefault("indent", (long) indent);
    int level = Python.isInteger(given) ? Python.big(given).intValue() : -1;
    boolean sort = Python.truth(call.named().getOrDefault("sort_keys", sorted));
    boolean ascii = Python.truth(call.named().getOrDefault("ensure_ascii", true));
    String comma = level >= 0 ? "," : ", ";
    String colon = ": ";
    if (call.named().get("separators") instanceof java.util.List<?> given2) {
      comma = PythonText.str(given2.get(0));
      colon = PythonText.str(given2.get(1));
    }
    return new Json.Layout(level, sort, ascii, comma, colon);
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
      throw new IllegalArgumentException("there is no hash '" + algorithm + "'", e);
    }
  }

  /** Version 5: the name's digest in a name space. */
  private static Object uuid(Call call) {
    UUID space =
        call.find(0, "namespace")
            .map(name -> UUID.fromString(PythonText.str(name)))
            .orElse(ANSIBLE);
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
                  quoted(pair.get(0), "") + "=" + quoted(pair.get(1), ""))
          .collect(Collectors.joining("&"));
    }
    return quoted(call.value(), "/");
  }

  private static String quoted(Object value, String safe) {
    String encoded =
        URLEncoder.encode(PythonText.str(value), UTF_8).replace("*", "%2A").replace("%7E", "~");
    return safe.isEmpty() ? encoded : encoded.replace("+", "%20").replace("%2F", "/");
  }
}
