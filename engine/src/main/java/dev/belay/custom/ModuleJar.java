package dev.belay.custom;

import com.google.common.collect.ImmutableList;
import dev.belay.module.ModuleProvider;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Position;
import dev.belay.problem.Problem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Reads a jar of a user's own modules. Its classes see those of this program, and not those of
 * other jars. A jar that others than its owner may change is not loaded: it would run here, as
 * whoever calls this program.
 */
final class ModuleJar {
  private final Path path;
  private final List<Problem> problems = new ArrayList<>();

  private ModuleJar(Path path) {
    this.path = path;
  }

  /** What a jar offers, and what is wrong with it. */
  record Read(ImmutableList<ModuleSpec> modules, ImmutableList<Problem> problems) {}

  static Read read(Path path) {
    ModuleJar jar = new ModuleJar(path);
    ImmutableList<ModuleSpec> modules = jar.isGuarded() ? jar.modules() : ImmutableList.of();
    return new Read(modules, ImmutableList.copyOf(jar.problems));
  }

  private void wrong(String what, String remedy) {
    problems.add(new Problem(Position.of(path.toString()), what, remedy));
  }

  private boolean isGuarded() {
    Optional<Path> open =
        ImmutableList.of(path, path.toAbsolutePath().getParent()).stream()
            .filter(ModuleJar::isOpenToOthers)
            .findFirst();
    open.ifPresent(
        where -> wrong("others may write to " + where, "take that away: chmod o-w " + where));
    return open.isEmpty();
  }

  private static boolean isOpenToOthers(Path path) {
    try {
      return Files.getPosixFilePermissions(path, new LinkOption[0])
          .contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private ImmutableList<ModuleSpec> modules() {
    ImmutableList.Builder<ModuleSpec> modules = ImmutableList.builder();
    try {
      List<ModuleProvider> providers = providers();
      if (providers.isEmpty()) {
        wrong(
            "there are no modules in this jar",
            "name the class that offers them in META-INF/services/"
                + ModuleProvider.class.getName());
      }
      for (ModuleProvider provider : providers) {
        provider.modules().stream().filter(this::isWellNamed).forEach(modules::add);
      }
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      // The code is the user's: whatever it throws is told as what it is, a mistake in that jar.
      wrong("this jar does not load: " + e, "it must fit this version of Belay, and Java 17");
    }
    return modules.build();
  }

  private List<ModuleProvider> providers() {
    URLClassLoader loader =
        new URLClassLoader(new URL[] {url()}, ModuleProvider.class.getClassLoader());
    return ServiceLoader.load(ModuleProvider.class, loader).stream()
        .filter(provider -> provider.type().getClassLoader() == loader)
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private URL url() {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private boolean isWellNamed(ModuleSpec module) {
    boolean named = module.name().matches("[a-z][a-z0-9_]*");
    boolean own =
        module.collection().matches("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*")
            && !module.collection().matches("(ansible|belay)\\..*");
    if (!named || !own) {
      wrong(
          "'" + module.fullName() + "' is no name for a module of a jar",
          "use letters, digits and underscores, in a collection of your own: acme.tools.greet");
    }
    return named && own;
  }
}
