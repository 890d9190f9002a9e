package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.belay.module.Convert;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is set by {@code ansible.cfg} and by variables of the environment, which win over it. The
 * command line wins over both.
 */
final class Config {
  /** A value, where it stands, and where relative paths in it start. */
  private record Setting(String value, Position at, Path folder) {}

  private final World world;
  private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
  private final Problems problems = new Problems();

  private Config(World world) {
    this.world = world;
  }

  /**
   * Reads them, and warns of what means nothing here.
   *
   * @throws dev.belay.problem.ProblemsException where something is set that would change what
   *     playbooks mean
   */
  static Config read(World world) {
    Config config = new Config(world);
    ConfigFile.find(world).map(ConfigFile::read).ifPresent(config::take);
    config.takeEnvironment();
    config.problems.throwIfAny();
    return config;
  }

  private void take(ConfigFile file) {
    Path folder = file.path().toAbsolutePath().getParent();
    TreeSet<String> without = new TreeSet<>();
    for (ConfigFile.Entry entry : file.entries()) {
      Optional<ConfigKey> key = ConfigKey.find(entry.section(), entry.key());
      if (key.isPresent()) {
        set(key.get(), new Setting(unquoted(entry.value()), entry.at(), folder));
      } else if (ConfigKey.isWithoutMeaning(entry.section(), entry.key())) {
        without.add(entry.key());
      } else {
        world.warn(unknown(entry));
      }
    }
    if (!without.isEmpty()) {
      world.warn(file.path() + ": these settings mean nothing here: " + String.join(", ", without));
    }
  }

  private static String unknown(ConfigFile.Entry entry) {
    ImmutableList<String> known = ConfigKey.keysOf(entry.section());
    String near = Nearest.hint(entry.key(), known, "it is not read");
    return entry.at()
        + ": there is no setting '"
        + entry.key()
        + "' in ["
        + entry.section()
        + "]; "
        + near;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private void takeEnvironment() {
    Path here = Path.of("").toAbsolutePath();
    for (ConfigKey key : ConfigKey.values()) {
      key.variable()
          .flatMap(name -> world.variable(name).map(value -> Map.entry(name, value)))
          .ifPresent(
              entry -> set(key, new Setting(entry.getValue(), Position.of(entry.getKey()), here)));
    }
  }

  private void set(ConfigKey key, Setting setting) {
    if (!key.takes(setting.value)) {
      problems.add(
          setting.at,
          "'" + key.key() + " = " + setting.value + "' is not supported",
          Character.toLowerCase(key.doc().charAt(0))
              + key.doc().substring(1, key.doc().length() - 1));
    }
    settings.put(key, setting);
  }

  Optional<String> text(ConfigKey key) {
    return setting(key).map(Setting::value);
  }

  private Optional<Setting> setting(ConfigKey key) {
    return Optional.ofNullable(settings.get(key)).filter(setting -> !setting.value.isEmpty());
  }

  boolean flag(ConfigKey key, boolean byDefault) {
    return setting(key)
        .map(
            setting -> {
              try {
                return Convert.flag(setting.value);
              } catch (IllegalArgumentException e) {
                throw wrong(key, setting, e.getMessage());
              }
            })
        .orElse(byDefault);
  }

  Optional<Integer> number(ConfigKey key) {
    return setting(key)
        .map(
            setting -> {
              try {
                return Integer.valueOf(setting.value.strip());
              } catch (NumberFormatException e) {
                throw wrong(key, setting, "must be a whole number, not '" + setting.value + "'");
              }
            });
  }

  private static dev.belay.problem.ProblemsException wrong(
      ConfigKey key, Setting setting, String why) {
    return new dev.belay.problem.ProblemsException(setting.at, "'" + key.key() + "' " + why, "");
  }

  /** Words with commas between. */
  ImmutableList<String> words(ConfigKey key) {
    return text(key).stream()
        .flatMap(value -> Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(value))
        .collect(toImmutableList());
  }

  Optional<Path> path(ConfigKey key) {
    return setting(key).map(setting -> path(setting, setting.value));
  }

  /** Paths with colons between. */
  ImmutableList<Path> paths(ConfigKey key) {
    return setting(key).stream()
        .flatMap(
            setting ->
                Splitter.on(':')
                    .trimResults()
                    .omitEmptyStrings()
                    .splitToStream(setting.value)
                    .map(word -> path(setting, word)))
        .collect(toImmutableList());
  }

  /** Inventories: paths, or lists of hosts. */
  ImmutableList<String> sources(ConfigKey key) {
    Optional<Setting> setting = setting(key);
    if (setting.isEmpty() || setting.get().value.endsWith(",")) {
      return setting.map(Setting::value).stream().collect(toImmutableList());
    }
    return words(key).stream()
        .map(word -> path(setting.get(), word).toString())
        .collect(toImmutableList());
  }

  /** Vault ids: {@code label@source}, where the source may be a path. */
  ImmutableList<String> vaultIds(ConfigKey key) {
    return words(key).stream()
        .map(word -> vaultId(settings.get(key), word))
        .collect(toImmutableList());
  }

  private String vaultId(Setting setting, String word) {
    int at = word.indexOf('@');
    String source = word.substring(at + 1);
    return word.substring(0, at + 1)
        + (source.startsWith("prompt") ? source : path(setting, source).toString());
  }

  private Path path(Setting setting, String word) {
    String cwd = word.replaceFirst("\\{\\{\\s*CWD\\s*}}", Path.of("").toAbsolutePath().toString());
    return setting.folder.resolve(world.home(cwd)).normalize();
  }
}
