package dev.belay.cli;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.belay.inventory.Group;
import dev.belay.inventory.Host;
import dev.belay.inventory.HostPattern;
import dev.belay.inventory.Inventory;
import dev.belay.inventory.InventoryReader;
import dev.belay.inventory.Shard;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.run.ControlSide;
import dev.belay.run.RunOptions;
import dev.belay.template.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay inventory}: what the inventory says, as {@code ansible-inventory} shows it. */
@Command(
    name = "inventory",
    description = "Shows the inventory: all of it, one host, or its groups.",
    mixinStandardHelpOptions = true)
final class InventoryCommand implements Callable<Integer> {
  private final World world;

  /** One of these is asked for. */
  static final class What {
    @Option(names = "--list", required = true, description = "All of it, as a script would say it.")
    boolean list;

    @Option(
        names = "--host",
        required = true,
        paramLabel = "HOST",
        description = "The variables of one host.")
    Optional<String> host = Optional.empty();

    @Option(names = "--graph", required = true, description = "Groups and hosts as a tree.")
    boolean graph;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  What what = new What();

  @Parameters(
      arity = "0..1",
      paramLabel = "GROUP",
      description = "Where the tree begins (default: ${DEFAULT-VALUE}).",
      defaultValue = Inventory.ALL)
  String group;

  @Option(names = "--vars", description = "Variables in the tree too.")
  boolean vars;

  @Option(
      names = {"-y", "--yaml"},
      description = "YAML in place of JSON.")
  boolean yaml;

  @Option(
      names = "--export",
      description = "What is said of each host and group alone, not what comes of it.")
  boolean export;

  @Option(
      names = "--playbook-dir",
      paramLabel = "DIR",
      description = "Whose group_vars and host_vars count besides (default: this folder).")
  Optional<Path> playbookFolder = Optional.empty();

  @Mixin RunFlags flags = new RunFlags();

  InventoryCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Config config = Config.read(world);
    RunOptions options =
        new OptionsMaker(world, config, flags)
            .options(RunOptions.Mode.CHECK, ControlSide.Purpose.SHOW);
    Optional<Shard> shard = options.control().shard();
    ImmutableMap<String, Object> extra = options.extraVariables();
    Inventory read = InventoryReader.read(flags.sources(config), extra, options.control().vault());
    Inventory told = playbookFolder.map(read::withVarsFrom).orElse(read);
    InventoryDump dump =
        new InventoryDump(
            told,
            read.withVarsFrom(playbookFolder.orElse(options.folder())),
            extra,
            shown(read, shard),
            export ? InventoryDump.Form.EXPORT : InventoryDump.Form.EFFECTIVE);
    world.out().print(shown(dump));
    return ExitCode.FINE.code();
  }

  private ImmutableSet<String> shown(Inventory inventory, Optional<Shard> shard) {
    ImmutableList<Host> hosts =
        flags
            .limit
            .map(limit -> HostPattern.limit(limit, Position.of("--limit")).select(inventory))
            .orElse(inventory.hosts());
    return hosts.stream()
        .map(Host::name)
        .filter(host -> shard.map(part -> part.has(host)).orElse(true))
        .collect(toImmutableSet());
  }

  private String shown(InventoryDump dump) {
    if (what.graph) {
      refuseUnknownGroup(dump.inventory());
      List<String> lines = vars ? dump.graphWithVariables(group) : dump.graph(group);
      return String.join("\n", Iterables.transform(lines, Visible::line)) + "\n";
    } else if (what.host.isPresent()) {
      return text(dump.host(one(dump.inventory(), what.host.get())));
    }
    return text(yaml ? dump.tree() : dump.list());
  }

  private static String one(Inventory inventory, String pattern) {
    Position at = Position.of("--host");
    ImmutableList<Host> hosts = HostPattern.parse(pattern, at).select(inventory);
    if (hosts.size() != 1) {
      throw new ProblemsException(
          at, "'" + pattern + "' means " + hosts.size() + " hosts", "name one host");
    }
    return hosts.get(0).name();
  }

  private void refuseUnknownGroup(Inventory inventory) {
    if (inventory.group(group).isEmpty()) {
      List<String> names = inventory.groups().stream().map(Group::name).toList();
      throw new ProblemsException(
          Position.of("--graph"),
          "there is no group '" + group + "' in the inventory",
          Nearest.hint(group, names, "'belay inventory --graph' shows them"));
    }
  }

  private String text(ImmutableMap<String, Object> shown) {
    return yaml ? YamlDump.of(shown) : escaped(Json.sorted(shown)) + "\n";
  }

  /** What could steer a terminal becomes an escape, which means the same in JSON. */
  private static String escaped(String json) {
    StringBuilder text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            c -> {
              String character = Character.toString(c);
              if (c == '\n' || Visible.line(character).equals(character)) {
                text.append(character);
              } else {
                character.chars().forEach(unit -> text.append(String.format("\\u%04x", unit)));
              }
            });
    return text.toString();
  }
}
