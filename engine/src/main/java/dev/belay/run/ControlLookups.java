package dev.belay.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteSource;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.template.Charsets;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lookups on the control side: its environment, its files, its commands, and values made of values.
 * Files are looked for as tasks look for theirs: in the role first, then beside the playbook.
 */
final class ControlLookups implements Lookups {
  /** In bytes: what is larger is no value for a variable. */
  private static final long FILE_LIMIT = 10_000_000;

  private final ImmutableMap<String, String> environment;
  private final Path folder;
  private final Vault vault;
  private final Passwords.Making making;
  private final ImmutableList<Path> roles;

  ControlLookups(
      ImmutableMap<String, String> environment, Path folder, Vault vault, Passwords.Making making) {
    this(environment, folder, vault, making, ImmutableList.of());
  }

  private ControlLookups(
      ImmutableMap<String, String> environment,
      Path folder,
      Vault vault,
      Passwords.Making making,
      ImmutableList<Path> roles) {
    this.vault = vault;
    this.making = making;
    this.environment = environment;
    this.folder = folder;
    this.roles = roles;
  }

  @Override
  public Lookups from(ImmutableList<Path> folders) {
    return folders.equals(roles)
        ? this
        : new ControlLookups(environment, folder, vault, making, folders);
  }

  @Override
  public ImmutableList<Object> find(
      String plugin,
      ImmutableList<Object> terms,
      ImmutableMap<String, Object> options,
      Scope scope) {
    String name =
        plugin.replaceFirst(
            "^ansible\\.(builtin|legacy)\\.|^community\\.general\\.(?=flattened$)", "");
    return switch (name) {
      case "env" ->
          each(terms, term -> environment.getOrDefault(term, text(options, "default", "")));
      case "file" -> each(terms, term -> read(term, options));
      case "unvault" -> each(terms, this::text);
      case "fileglob" ->
          terms.stream()
              .flatMap(term -> glob(PythonText.str(term)).stream())
              .collect(toImmutableList());
      case "first_found" ->
          new FirstFound(places("files"), places("templates"), places("vars")).find(terms, options);
      case "ini" -> FileLookups.ini(terms, options, this::text);
      case "csvfile" -> FileLookups.csv(terms, options, this::text);
      case "varnames" -> NameLookups.variables(terms, scope);
      case "inventory_hostnames" -> NameLookups.hosts(terms, scope);
      case "password" -> new Passwords(folder, making).find(terms, options);
      case "pipe" -> each(terms, this::said);
      case "lines" ->
          terms.stream()
              .flatMap(term -> said(PythonText.str(term)).lines())
              .collect(toImmutableList());
      default -> ValueLookups.find(name, terms, options).orElseThrow(() -> wrong(unknown(plugin)));
    };
  }

  private static String unknown(String plugin) {
    String why = RefusedLookups.ALL.get(plugin.substring(plugin.lastIndexOf('.') + 1));
    if (why != null) {
      return "the lookup '" + plugin + "' is not here: " + why;
    }
    return "there is no lookup '"
        + plugin
        + "' here; there are "
        + String.join(", ", Lookups.NAMES);
  }

  private interface Finder {
    Object find(String term);
  }

  private static ImmutableList<Object> each(List<Object> terms, Finder finder) {
    return terms.stream().map(term -> finder.find(PythonText.str(term))).collect(toImmutableList());
  }

  private static String text(ImmutableMap<String, Object> options, String name, String byDefault) {
    return Optional.ofNullable(options.get(name)).map(PythonText::str).orElse(byDefault);
  }

  private static EvaluationException wrong(String what) {
    return new EvaluationException(Position.of("lookup"), what);
  }

  /** Where a file of that kind may be, the nearest first. */
  private ImmutableList<Path> places(String kind) {
    ImmutableList.Builder<Path> places = ImmutableList.builder();
    roles.forEach(role -> places.add(role.resolve(kind), role, role.resolve("tasks")));
    return places.add(folder.resolve(kind), folder).build();
  }

  private Object read(String name, ImmutableMap<String, Object> options) {
    String text = text(name);
    String whole = isFalse(options.get("rstrip")) ? text : text.stripTrailing();
    return isFalse(options.getOrDefault("lstrip", false)) ? whole : whole.stripLeading();
  }

  private static boolean isFalse(Object option) {
    return option != null && PythonText.str(option).matches("(?i)false|no|0|off");
  }

  private String text(String name) {
    return text(name, "utf-8");
  }

  /** A file in the places for files. */
  private String text(String name, String encoding) {
    try {
      Path file =
          found("files", name)
              .orElseThrow(
                  () -> wrong("there is no file '" + name + "'; looked in " + places("files")));
      if (Files.size(file) > FILE_LIMIT) {
        throw wrong(file + " is larger than " + FILE_LIMIT + " bytes");
      }
      return sealed(file).asCharSource(Charsets.named(encoding)).read();
    } catch (IOException e) {
      throw wrong("'" + name + "' cannot be read: " + e.getMessage());
    } catch (BadArgumentsException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** The clear bytes of a file that may be encrypted. */
  private ByteSource sealed(Path file) {
    try {
      return new SealedFiles(Optional.of(vault)).bytes(file);
    } catch (IOException e) {
      throw wrong(file + " cannot be read: " + e.getMessage());
    }
  }

  private Optional<Path> found(String kind, String name) {
    try {
      return places(kind).stream()
          .map(place -> place.resolve(name))
          .filter(Files::isRegularFile)
          .findFirst();
    } catch (InvalidPathException e) {
      throw wrong("'" + name + "' is no path: " + e.getReason());
    }
  }

  @Override
  public boolean wasEncrypted(String text) {
    return vault.hasGiven(text);
  }

  @Override
  public Optional<Template> template(String name, TemplateSyntax syntax) {
    return found("templates", name).map(path -> TaskFile.compiled(path, sealed(path), syntax));
  }

  private List<String> glob(String pattern) {
    for (Path place : places("files")) {
      List<String> found = glob(place.resolve(pattern));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static List<String> glob(Path path) {
    Path parent = path.getParent();
    TreeSet<String> found = new TreeSet<>();
    if (parent != null && Files.isDirectory(parent)) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(parent, path.getFileName().toString())) {
        files.forEach(
            file -> {
              if (Files.isRegularFile(file)) {
                found.add(file.toString());
              }
            });
      } catch (IOException e) {
        throw wrong(parent + " cannot be read: " + e.getMessage());
      }
    }
    return List.copyOf(found);
  }

  /** What a command of the control side says; it is the user's own, and runs as the user. */
  private String said(String command) {
    try {
      return ControlCommand.run(command, folder);
    } catch (IOException e) {
      throw wrong("lookup_plugin.pipe(" + command + ") " + e.getMessage());
    }
  }
}
