package dev.belay.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a user's own modules lie, and which of them run here. */
final class ModulePathTest {
  @TempDir Path folder;

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ModulePath path(String library, String... given) {
    return ModulePath.of(
        ImmutableList.copyOf(given).stream().map(Path::of).collect(ImmutableList.toImmutableList()),
        ImmutableMap.of("ANSIBLE_LIBRARY", library),
        folder);
  }

  private static String whatIs(ModulePath path, String name) {
    return path.program(name)
        .map(
            module ->
                module instanceof UserModule.Usable usable
                    ? usable.spec().summary()
                    : ((UserModule.Refused) module).why())
        .orElse("none");
  }

  private String refusal(String file, String text) throws IOException {
    file("library/" + file, text);
    UserModule found =
        ModulePath.none().beside(folder).program(file.replaceFirst("[.].*", "")).orElseThrow();
    return found instanceof UserModule.Refused refused ? refused.why() : "none";
  }

  @Test
  void the_first_folder_that_has_a_name_wins() throws IOException {
    for (String each : ImmutableList.of("library", "given", "role/library", "one", "two")) {
      file(each + "/in_" + each.replaceFirst("/.*", ""), "#!/bin/sh\n");
      file(each + "/m.sh", "#!/bin/sh\n");
    }
    ModulePath path = path("one:two", "given");
    assertTrue(whatIs(path.beside(folder), "m").contains(folder + "/library/m.sh"));
    assertTrue(whatIs(path, "m").contains(folder + "/given/m.sh"));
    assertTrue(whatIs(path("two:one").withRole(folder.resolve("role")), "m").contains("/role/"));
    assertTrue(whatIs(path("two:one"), "m").contains(folder + "/two/m.sh"));
    assertTrue(whatIs(path, "in_two").contains("/two/in_two"));
    assertEquals("none", whatIs(path, "in_role"));
  }

  @Test
  void what_lies_beside_modules_is_none() throws IOException {
    for (String each :
        ImmutableList.of("m.ini", "m.yml", ".m.sh", "m.sh~", "_m.sh", "m.md", "m.sh.bak")) {
      file("library/" + each, "#!/bin/sh\n");
    }
    assertEquals("none", whatIs(ModulePath.none().beside(folder), "m"));
    file("library/m.sh", "#!/bin/sh\n");
    file("library/m", "#!/bin/sh\n");
    assertTrue(whatIs(ModulePath.none().beside(folder), "m").endsWith("/library/m."));
  }

  @Test
  void what_needs_ansible_itself_is_refused() throws IOException {
    for (String python :
        ImmutableList.of(
            "#!/usr/bin/python\nfrom ansible.module_utils.basic import AnsibleModule\n",
            "#!/usr/bin/python\nimport ansible.module_utils\n# WANT_JSON\n",
            "#!/usr/bin/python\n  from ansible_collections.a.b import c\n",
            "#!/usr/bin/python\n#<<INCLUDE_ANSIBLE_MODULE_COMMON>>\n",
            "#!/usr/bin/python\nfrom ..module_utils.x import y\n")) {
      Files.deleteIfExists(folder.resolve("library/m.py"));
      assertTrue(refusal("m.py", python).contains("is a Python module of Ansible"), python);
    }
    assertTrue(refusal("p.ps1", "Write-Output 1\n").contains("PowerShell"));
    assertTrue(refusal("q.sh", "#!powershell\n").contains("PowerShell"));
    assertTrue(refusal("r.sh", "echo '{}'\n").contains("has no interpreter line"));
    assertEquals(
        "none", refusal("s.py", "#!/usr/bin/python3\n# not import ansible\nimport json\n"));
  }

  @Test
  void a_program_says_how_it_gets_its_arguments() throws IOException {
    assertEquals(Protocol.WORDS, program("#!/bin/sh\n").protocol());
    assertEquals(Protocol.JSON_FILE, program("#!/bin/sh\n# WANT_JSON\n").protocol());
    assertEquals(
        Protocol.JSON_INSIDE,
        program("#!/bin/sh\na='<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>'\n").protocol());
    Program binary = program("\177ELF\2\1\1\0\0\0\0\0 WANT_JSON BELAY_SUPPORTS_CHECK_MODE");
    assertEquals(Protocol.BINARY, binary.protocol());
    assertTrue(binary.honoursCheck());
    assertEquals(Optional.empty(), binary.interpreter());
  }

  private Program program(String text) throws IOException {
    file("library/p", text);
    UserModule.Usable usable = (UserModule.Usable) Program.read("p", folder.resolve("library/p"));
    return ((CustomModule.Unbound)
            usable
                .spec()
                .resource()
                .apply(dev.belay.module.Args.of(usable.spec(), ImmutableMap.of())))
        .program();
  }

  @Test
  void the_interpreter_is_the_one_of_the_first_line() {
    assertEquals("perl [-w] ansible_perl_interpreter", interpreter("#!/usr/bin/perl -w"));
    assertEquals("perl [] ansible_perl_interpreter", interpreter("#! /usr/bin/env perl"));
    assertEquals("ruby [-w] ansible_ruby_interpreter", interpreter("#!/usr/bin/env -S ruby -w"));
    assertEquals("python3 [] ansible_python_interpreter", interpreter("#!/usr/bin/python3"));
    assertEquals("env [] ansible_env_interpreter", interpreter("#!/usr/bin/env"));
    assertEquals(Optional.empty(), Interpreter.of("#!"));
    assertEquals(Optional.empty(), Interpreter.of("# !/bin/sh"));
    assertEquals(
        ImmutableList.of("/usr/bin/python", "python3", "python"),
        Interpreter.of("#!/usr/bin/python").orElseThrow().candidates());
  }

  private static String interpreter(String line) {
    Interpreter interpreter = Interpreter.of(line).orElseThrow();
    return interpreter.name() + " " + interpreter.options() + " " + interpreter.variable();
  }
}
