package dev.belay.argspec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belay.problem.Problems;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a specification finds in arguments. The messages are those that Ansible's users match. */
final class ArgumentSpecTest {
  private static Object yaml(String text) {
    Problems problems = new Problems();
    Object value = NodeValues.plain(Yaml.read("spec", text, problems).orElseThrow());
    problems.throwIfAny();
    return value;
  }

  private static List<String> errors(String options, String arguments) {
    return ArgumentSpec.errors((Map<?, ?>) yaml(options), (Map<?, ?>) yaml(arguments));
  }

  private static void fits(String options, String arguments) {
    assertEquals(List.of(), errors(options, arguments));
  }

  private static void wrong(String options, String arguments, String... what) {
    assertEquals(List.of(what), errors(options, arguments));
  }

  private static String type(String wanted, String is, String why) {
    return "argument 'a' is of type <class '"
        + is
        + "'> and we were unable to convert to "
        + wanted
        + ": "
        + why;
  }

  private static String cannot(String wanted, String is, String what) {
    return type(wanted, is, "<class '" + is + "'> cannot be converted to " + what);
  }

  @Test
  void what_is_required_must_be_there_unless_it_has_a_default() {
    String spec =
        "{b: {required: true}, a: {required: true}, c: {required: true, default: 1}, d: }";
    wrong(spec, "{}", "missing required arguments: a, b");
    fits(spec, "{a: , b: ''}");
  }

  @Test
  void each_type_takes_what_ansible_takes() {
    fits("{a: {type: str}}", "{a: 1.5}");
    fits("{a: {}}", "{a: [1]}");
    fits("{a: {type: raw}}", "{a: {b: 1}}");
    fits("{a: {type: path}}", "{a: /x}");
    fits("{a: {type: int}}", "{a: '-12345678901234567890'}");
    fits("{a: {type: int}}", "{a: true}");
    fits("{a: {type: float}}", "{a: '1e3'}");
    fits("{a: {type: float}}", "{a: 1}");
    fits("{a: {type: bool}}", "{a: 'Yes'}");
    fits("{a: {type: bool}}", "{a: 0}");
    fits("{a: {type: list, elements: int}}", "{a: '1,2'}");
    fits("{a: {type: list}}", "{a: 1}");
    fits("{a: {type: dict}}", "{a: 'b=1, c=\"2\"'}");
    fits("{a: {type: dict}}", "{a: '{\"b\": 1}'}");
    fits("{a: {type: json}}", "{a: [1]}");
    fits("{a: {type: jsonarg}}", "{a: ' x '}");
    fits("{a: {type: bytes}}", "{a: 1.5 MB}");
    fits("{a: {type: bits}}", "{a: 1Kb}");
  }

  @Test
  void each_type_says_what_it_cannot_be_made_of() {
    wrong("{a: {type: int}}", "{a: 37.0}", cannot("int", "float", "an int"));
    wrong("{a: {type: int}}", "{a: x}", cannot("int", "str", "an int"));
    wrong("{a: {type: float}}", "{a: x}", cannot("float", "str", "a float"));
    wrong("{a: {type: list}}", "{a: {b: 1}}", cannot("list", "dict", "a list"));
    wrong("{a: {type: dict}}", "{a: [1]}", cannot("dict", "list", "a dict"));
    wrong("{a: {type: bool}}", "{a: [1]}", cannot("bool", "list", "a bool"));
    wrong("{a: {type: json}}", "{a: 1}", cannot("json", "int", "a json string"));
    wrong("{a: {type: bits}}", "{a: foo}", cannot("bits", "str", "a Bit value"));
    wrong("{a: {type: bytes}}", "{a: 1Mb}", cannot("bytes", "str", "a Byte value"));
    wrong("{a: {type: wat}}", "{a: 1}", "there is no type 'wat' for the option 'a'");
    wrong(
        "{a: {type: bool}}",
        "{a: 7}",
        type(
            "bool",
            "int",
            "The value '7' is not a valid boolean.  Valid booleans include: yes, no, true, false, on, off, 1, 0"));
    wrong(
        "{a: {type: dict}}",
        "{a: text}",
        type("dict", "str", "dictionary requested, could not parse JSON or key=value"));
  }

  @Test
  void elements_are_checked_each() {
    wrong(
        "{a: {type: list, elements: int}}",
        "{a: [1, x, 2, []]}",
        "Elements value for option 'a' is of type <class 'str'> and we were unable to convert to int: <class 'str'> cannot be converted to an int",
        "Elements value for option 'a' is of type <class 'list'> and we were unable to convert to int: <class 'list'> cannot be converted to an int");
  }

  @Test
  void choices_are_those_of_the_converted_value() {
    fits("{a: {type: int, choices: [1, 2]}}", "{a: '2'}");
    fits("{a: {choices: [yes, no]}}", "{a: yes}");
    wrong("{a: {choices: [b, c]}}", "{a: d}", "value of a must be one of: b, c, got: d");
    wrong(
        "{a: {type: list, choices: [b, c]}}",
        "{a: 'b,d,e'}",
        "value of a must be one or more of: b, c. Got no match for: d, e");
  }

  @Test
  void what_a_secret_option_holds_is_not_shown() {
    wrong(
        "{a: {no_log: true, choices: [b]}}",
        "{a: hunter2}",
        "value of a must be one of: b, got: VALUE_SPECIFIED_IN_NO_LOG_PARAMETER");
    wrong(
        "{a: {no_log: true, type: bool}}",
        "{a: hunter2}",
        type(
            "bool",
            "str",
            "The value 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER' is not a valid boolean.  Valid booleans include: yes, no, true, false, on, off, 1, 0"));
  }

  @Test
  void options_nest_and_messages_say_where() {
    String spec =
        "{a: {type: dict, options: {b: {type: dict, options: {c: {type: int, required: true}}}}}}";
    fits(spec, "{a: {b: {c: 1}}}");
    fits(spec, "{a: , d: 1}".replace(", d: 1", ""));
    wrong(
        spec,
        "{a: {b: {c: x}}}",
        "argument 'c' is of type <class 'str'> found in 'a -> b'. and we were unable to convert to int: <class 'str'> cannot be converted to an int");
    wrong(
        spec,
        "{a: {b: {d: 1}}}",
        "missing required arguments: c found in a -> b",
        "a.b.d. Supported parameters include: c.");
  }

  @Test
  void a_list_of_mappings_is_checked_one_by_one() {
    String spec =
        "{a: {type: list, elements: dict, options: {b: {required: true, choices: ['1']}}}}";
    wrong(
        spec,
        "{a: [{b: 1}, {}, {b: 2}, {b: 1, c: 1}]}",
        "missing required arguments: b found in a",
        "value of b must be one of: 1, got: 2 found in a",
        "a.c. Supported parameters include: b.");
    wrong(
        "{a: {type: dict, options: {b: {}}}}",
        "{a: text}",
        "dictionary requested, could not parse JSON or key=value",
        type("dict", "str", "dictionary requested, could not parse JSON or key=value"),
        "value of 'a' must be of type dict or list of dicts");
  }

  @Test
  void options_may_hang_on_each_other() {
    String spec =
        """
        a:
          type: dict
          mutually_exclusive: [[b, c]]
          required_together: [[d, e]]
          required_one_of: [[b, c, f]]
          required_if: [[f, 1, [g, h]], [f, 2, [g, h], true]]
          required_by: {g: i}
          options: {b: , c: , d: , e: , f: {type: int}, g: , h: {}, i: {}}
        """;
    fits(spec, "{a: {b: 1, d: 1, e: 1}}");
    fits(spec, "{a: {f: 2, h: 1}}");
    wrong(
        spec,
        "{a: {b: 1, c: 1, d: 1}}",
        "parameters are mutually exclusive: b|c found in a",
        "parameters are required together: d, e found in a");
    wrong(spec, "{a: {d: 1, e: 1}}", "one of the following is required: b, c, f found in a");
    wrong(
        spec,
        "{a: {f: '1', g: 1}}",
        "f is 1 but all of the following are missing: h found in a",
        "missing parameter(s) required by 'g': i found in a");
    wrong(spec, "{a: {f: 2}}", "f is 2 but any of the following are missing: g, h found in a");
  }

  @Test
  void an_option_may_be_given_by_another_of_its_names() {
    String spec = "{a: {type: dict, options: {b: {aliases: [c], required: true}}}}";
    fits(spec, "{a: {c: 1}}");
    wrong(
        spec,
        "{a: {d: 1}}",
        "missing required arguments: b found in a",
        "a.d. Supported parameters include: b.");
  }
}
