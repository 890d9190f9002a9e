package dev.belay.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleProvider;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.ModuleCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of a user's own, well made and not. */
final class ModuleJarTest {
  private static final String SERVICE = "META-INF/services/" + ModuleProvider.class.getName();

  @TempDir Path folder;

  /** A provider of one module, compiled. */
  private Path classes(String body) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source =
        Files.writeString(
            folder.resolve("Tools.java"),
            """
            package acme;
            import com.google.common.collect.ImmutableList;
            import dev.belay.module.*;
            public final class Tools implements ModuleProvider {
              private static ModuleSpec named(String collection, String name) {
                return ModuleSpec.named(collection, name).summary("Nothing.").makes(args -> null);
              }
              @Override public ImmutableList<ModuleSpec> modules() { %s }
            }
            """
                .formatted(body));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertEquals(0, compiled);
    return classes;
  }

  private static String named(String full) {
    int dot = full.lastIndexOf('.');
    return "return ImmutableList.of(named(\"%s\", \"%s\"));"
        .formatted(full.substring(0, dot), full.substring(dot + 1));
  }

  private Path jar(String name, Path classes, Map<String, String> others) throws IOException {
    Path jar = Files.createDirectories(folder.resolve("library")).resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream to = new JarOutputStream(out);
        Stream<Path> inside = Files.walk(classes)) {
      for (Path file : inside.filter(Files::isRegularFile).toList()) {
        to.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, to);
      }
      for (Map.Entry<String, String> other : others.entrySet()) {
        to.putNextEntry(new ZipEntry(other.getKey()));
        to.write(other.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private String problems() {
    return catalog().problems().toString();
  }

  private ModuleCatalog catalog() {
    ModuleSpec builtIn =
        ModuleSpec.named("ansible.posix", "sysctl").summary("Built in.").makes(args -> null);
    return new ModuleCatalog(ImmutableList.of(builtIn)).beside(folder);
  }

  @Test
  void its_modules_are_found_by_their_full_names_and_by_short_ones_that_are_free()
      throws IOException {
    jar("a.jar", classes(named("acme.tools.greet")), ImmutableMap.of(SERVICE, "acme.Tools"));
    assertEquals("[]", problems());
    assertEquals("acme.tools.greet", catalog().find("greet").orElseThrow().fullName());
    assertTrue(catalog().find("acme.tools.greet").isPresent());
    assertTrue(catalog().find("acme.other.greet").isEmpty());
    assertTrue(catalog().names().contains("greet"));
    jar("b.jar", classes(named("acme.tools.sysctl")), ImmutableMap.of(SERVICE, "acme.Tools"));
    assertEquals("ansible.posix", catalog().find("sysctl").orElseThrow().collection());
    assertEquals("acme.tools", catalog().find("acme.tools.sysctl").orElseThrow().collection());
  }

  @Test
  void a_name_that_is_not_its_own_is_refused() throws IOException {
    for (String name :
        ImmutableList.of(
            "ansible.builtin.greet",
            "belay.x.greet",
            "acme.greet",
            "Acme.x.greet",
            "acme.x.gr-et")) {
      jar("a.jar", classes(named(name)), ImmutableMap.of(SERVICE, "acme.Tools"));
      assertTrue(
          problems().contains("a.jar: '" + name + "' is no name for a module of a jar"),
          problems());
    }
  }

  @Test
  void what_does_not_load_is_the_jars_mistake() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    jar("a.jar", empty, ImmutableMap.of());
    assertTrue(problems().contains("there are no modules in this jar"), problems());
    jar("a.jar", empty, ImmutableMap.of(SERVICE, "acme.Gone"));
    assertTrue(problems().contains("does not load: "), problems());
    assertTrue(problems().contains("acme.Gone"), problems());
    Path throwing = classes("throw new IllegalStateException(\"boom\");");
    jar("a.jar", throwing, ImmutableMap.of(SERVICE, "acme.Tools"));
    assertTrue(problems().contains("IllegalStateException: boom"), problems());
    jar("a.jar", classes("return null;"), ImmutableMap.of(SERVICE, "acme.Tools"));
    assertTrue(problems().contains("does not load: "), problems());
    Path cut = folder.resolve("library/a.jar");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 100));
    assertTrue(problems().contains("no modules in this jar"), problems());
    Files.writeString(folder.resolve("classes/acme/Tools.class"), "not a class");
    jar("a.jar", folder.resolve("classes"), ImmutableMap.of(SERVICE, "acme.Tools"));
    assertTrue(problems().contains("does not load: "), problems());
  }

  @Test
  void a_jar_that_others_may_change_is_not_loaded() throws IOException {
    Path jar =
        jar("a.jar", classes(named("acme.tools.greet")), ImmutableMap.of(SERVICE, "acme.Tools"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--rw-"));
    assertTrue(problems().contains("others may write to " + jar), problems());
    assertTrue(catalog().find("greet").isEmpty());
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(jar.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertTrue(problems().contains("others may write to " + jar.getParent()), problems());
  }
}
