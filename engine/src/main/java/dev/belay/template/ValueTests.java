package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tests about values. */
final class ValueTests {
  private ValueTests() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("defined", call -> !(call.subject() instanceof Undefined))
        .put("undefined", call -> call.subject() instanceof Undefined)
        .put("none", call -> call.subject() == None.NONE)
        .put("boolean", call -> call.subject() instanceof Boolean)
        .put("true", call -> call.subject().equals(true))
        .put("false", call -> call.subject().equals(false))
        .put("number", call -> Python.isNumber(call.subject()))
        .put(
            "integer",
            call -> Python.isInteger(call.subject()) && !(call.subject() instanceof Boolean))
        .put("float", call -> call.subject() instanceof Double)
        .put("string", call -> call.subject() instanceof String)
        .put("mapping", call -> call.subject() instanceof Map)
        .put("sequence", call -> isSequence(call.subject()))
        .put("iterable", call -> isSequence(call.value()))
        .put("callable", call -> call.subject() instanceof Operation)
        .put("sameas", ValueTests::same)
        .put("in", call -> Python.contains(call.need(0, "seq"), call.value()))
        .put("contains", call -> Python.contains(call.value(), call.need(0, "b")))
        .put("upper", call -> TextChecks.isUpper(call.text()))
        .put("lower", call -> TextChecks.isLower(call.text()))
        .put("even", call -> leaves(call, 2L, 0L))
        .put("odd", call -> leaves(call, 2L, 1L))
        .put("divisibleby", call -> leaves(call, call.need(0, "num"), 0L))
        .put("filter", call -> Library.filter(call.text()).isPresent())
        .put("test", call -> Library.test(call.text()).isPresent())
        .put(
            "truthy",
            call ->
                Python.truth(call.flag(0, "convert_bool", false) ? converted(call) : call.value()))
        .put(
            "falsy",
            call ->
                !Python.truth(call.flag(0, "convert_bool", false) ? converted(call) : call.value()))
        .putAll(comparisons())
        .putAll(sets())
        .put("match", call -> matches(call, Where.START))
        .put("search", call -> matches(call, Where.ANYWHERE))
        .put(
            "regex",
            call ->
                matches(
                    call,
                    call.text(9, "match_type", "search").equals("search")
                        ? Where.ANYWHERE
                        : Where.START))
        .put("version", Versions::test)
        .put("version_compare", Versions::test)
        .put("nan", call -> call.value() instanceof Double number && number.isNaN())
        .put("isnan", call -> call.value() instanceof Double number && number.isNaN())
        .put("vault_encrypted", ValueTests::isEncrypted)
        .put("url", ValueTests::isUrl)
        .put("uri", ValueTests::isUri)
        .put(
            "urn",
            call ->
                call.subject() instanceof String
                    && call.text().toLowerCase(Locale.ROOT).matches("urn:[^:]+:.+"))
        .put("escaped", call -> false)
        .buildOrThrow();
  }

  private static Object converted(Call call) {
    if (call.value() instanceof String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "on", "1", "true", "t", "y" -> true;
        case "no", "off", "0", "false", "f", "n" -> false;
        default -> text;
      };
    }
    return call.value();
  }

  private static boolean leaves(Call call, Object by, long rest) {
    return Python.equal(Operators.apply("%", call.value(), by), rest);
  }

  private static boolean isSequence(Object value) {
    return value instanceof List || value instanceof Map || value instanceof String;
  }

  private static Object same(Call call) {
    Object other = call.need(0, "other");
    Object value = call.subject();
    boolean scalars = !(value instanceof Map || value instanceof List);
    return value == other || scalars && value.getClass() == other.getClass() && value.equals(other);
  }

  private static ImmutableMap<String, Operation> comparisons() {
    Operation equal = call -> Python.equal(call.value(), call.need(0, "other"));
    Operation unequal = call -> !Python.equal(call.value(), call.need(0, "other"));
    ImmutableMap.Builder<String, Operation> tests = ImmutableMap.builder();
    List.of("eq", "equalto", "==").forEach(name -> tests.put(name, equal));
    List.of("ne", "!=").forEach(name -> tests.put(name, unequal));
    List.of("lt", "lessthan", "<").forEach(name -> tests.put(name, call -> order(call, "<") < 0));
    List.of("le", "<=").forEach(name -> tests.put(name, call -> order(call, "<=") <= 0));
    List.of("gt", "greaterthan", ">")
        .forEach(name -> tests.put(name, call -> order(call, ">") > 0));
    List.of("ge", ">=").forEach(name -> tests.put(name, call -> order(call, ">=") >= 0));
    return tests.buildOrThrow();
  }

  private static int order(Call call, String operator) {
    return Python.compare(call.value(), call.need(0, "other"), operator);
  }

  private static ImmutableMap<String, Operation> sets() {
    Operation subset =
        call -> call.list().stream().allMatch(each -> Python.contains(call.list(0, "b"), each));
    Operation superset =
        call -> call.list(0, "b").stream().allMatch(each -> Python.contains(call.list(), each));
    return ImmutableMap.of(
        "subset", subset,
        "issubset", subset,
        "superset", superset,
        "issuperset", superset,
        "any", call -> call.list().stream().anyMatch(Python::truth),
        "all", call -> call.list().stream().allMatch(Python::truth));
  }

  private enum Where {
    START,
    ANYWHERE
  }

  private static Object matches(Call call, Where where) {
    Pattern pattern =
        RegexFilters.pattern(
            call.text(0, "pattern", ""),
            call.flag(1, "ignorecase", false),
            call.flag(2, "multiline", false));
    Matcher matcher = pattern.matcher(call.in().looked(call.text()));
    return where == Where.START ? matcher.lookingAt() : matcher.find();
  }

  /** As lenient as Ansible's: a network place, or a file. */
  private static Object isUrl(Call call) {
    return isUri(call)
        && call.text().matches("(?s)([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#].*|(?i)file:.*");
  }

  /** As lenient as Ansible's: any text, unless schemes are asked for. */
  private static boolean isUri(Call call) {
    if (!(call.subject() instanceof String text)) {
      return false;
    }
    int colon = text.indexOf(':');
    boolean schemed = colon > 0 && text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*");
    String scheme = schemed ? text.substring(0, colon).toLowerCase(Locale.ROOT) : "";
    return call.find(0, "schemes")
        .filter(Python::truth)
        .map(schemes -> Python.contains(schemes, scheme))
        .orElse(true);
  }

  /** What stood encrypted in a file of the user's counts, whether it has been opened or not. */
  private static Object isEncrypted(Call call) {
    return call.value() instanceof String text
        && (text.startsWith("$ANSIBLE_VAULT;") || call.in().scope().wasEncrypted(text));
  }
}
