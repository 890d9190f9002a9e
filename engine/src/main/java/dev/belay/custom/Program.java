package dev.belay.custom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import dev.belay.module.Content;
import dev.belay.module.ModuleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user's executable that is a module.
 *
 * @param interpreter what runs it; empty for what runs by itself
 * @param honoursCheck whether it says that it changes nothing in a check: the word {@link
 *     #CHECK_WORD} is somewhere in it
 */
record Program(
    String name,
    Path path,
    Protocol protocol,
    Optional<Interpreter> interpreter,
    boolean honoursCheck) {
  /** What a program says by whose author a check may run it. */
  static final String CHECK_WORD = "BELAY_SUPPORTS_CHECK_MODE";

  private static final String INSIDE = "<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>";

  /** In bytes: it is sent to the host each time that it runs. */
  private static final long LARGEST = 256L * 1024 * 1024;

  private static final int LOOKED_AT = 1024;

  /** As in Ansible: a control character that no text has. */
  private static final Pattern NO_TEXT =
      Pattern.compile("[\\x00-\\x06\\x0b\\x0e-\\x1a\\x1c-\\x1f\\x7f]");

  private static final Pattern ANSIBLES_PYTHON =
      Pattern.compile(
          "#<<INCLUDE_ANSIBLE_MODULE_COMMON>>|(?m)^\\s*(from|import)\\s+(ansible|ansible_collections)\\b"
              + "|(?m)^\\s*from\\s+\\.+(module_utils|plugins)\\b");

  private static final Pattern POWERSHELL =
      Pattern.compile(
          "(?i)^#!.*(powershell|pwsh)|(?m)^#\\s*(Requires\\s+-Module|AnsibleRequires\\s+-|POWERSHELL_COMMON)");

  /** What a file turns out to be. */
  static UserModule read(String name, Path path) {
    try {
      if (Files.size(path) > LARGEST) {
        return new UserModule.Refused(
            path + " is larger than " + LARGEST / 1024 / 1024 + " MB", "make it smaller");
      }
      return read(name, path, new String(Files.readAllBytes(path), ISO_8859_1));
    } catch (IOException e) {
      return new UserModule.Refused(path + " cannot be read", "see to it that you may read it");
    }
  }

  private static UserModule read(String name, Path path, String text) {
    boolean checks = text.contains(CHECK_WORD);
    if (NO_TEXT.matcher(text.substring(0, Math.min(LOOKED_AT, text.length()))).find()) {
      return new Program(name, path, Protocol.BINARY, Optional.empty(), checks).usable();
    } else if (POWERSHELL.matcher(text).find() || path.toString().endsWith(".ps1")) {
      return new UserModule.Refused(
          path + " is a module in PowerShell, and hosts here are not Windows", "remove the task");
    } else if (ANSIBLES_PYTHON.matcher(text).find()) {
      return new UserModule.Refused(
          path + " is a Python module of Ansible, which needs Ansible's Python on the host",
          "use a module that 'belay doc' lists, or write it anew as a program that reads JSON: docs/custom-modules.md");
    }
    Optional<Interpreter> interpreter =
        Interpreter.of(text.lines().findFirst().orElse("").stripTrailing());
    return interpreter.isEmpty()
        ? new UserModule.Refused(
            path + " has no interpreter line", "begin it with #!/bin/sh or the like")
        : new Program(name, path, protocol(text), interpreter, checks).usable();
  }

  private static Protocol protocol(String text) {
    if (text.contains(INSIDE)) {
      return Protocol.JSON_INSIDE;
    }
    return text.contains("WANT_JSON") ? Protocol.JSON_FILE : Protocol.WORDS;
  }

  private UserModule usable() {
    String check =
        honoursCheck
            ? "A check runs it too, for it says that it changes nothing then."
            : "A check does not run it, and says that what comes of it is unknown.";
    return new UserModule.Usable(
        ModuleSpec.named(UserModule.COLLECTION, name)
            .summary("A program of yours: " + path + ".")
            .doc(check)
            .anyParameter()
            .result("ansible_facts", "Facts, where it tells any.")
            .makes(args -> new CustomModule.Unbound(this, args.others())));
  }

  /** The bytes that go to the host, for these arguments as a JSON object. */
  Content content(String json) {
    Content file = new Content(path.toString(), MoreFiles.asByteSource(path));
    return protocol == Protocol.JSON_INSIDE
        ? new Content(
            path.toString(),
            com.google.common.io.ByteSource.wrap(
                file.text(ISO_8859_1).replace(INSIDE, json).getBytes(ISO_8859_1)))
        : file;
  }

  /** What to look for on a host to run it with. */
  ImmutableList<String> interpreters(Optional<Interpreter> setting) {
    return setting
        .map(each -> ImmutableList.of(each.program()))
        .orElseGet(() -> interpreter.map(Interpreter::candidates).orElse(ImmutableList.of()));
  }
}
