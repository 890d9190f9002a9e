package dev.belay.cli;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemsException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** Where the program starts, and the only place where it exits. */
public final class Main {
  /** What Ansible's programs are here. */
  private static final ImmutableMap<String, String> COMMANDS =
      ImmutableMap.of(
          "ansible-playbook", "run",
          "ansible", "adhoc",
          "ansible-inventory", "inventory",
          "ansible-doc", "doc");

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    System.exit(run(args, System.getenv(), out, err));
  }

  /** Output is UTF-8 whatever the locale says. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** Runs a command line and gives its exit code. */
  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    World world = new World(environment, out, err);
    CommandLine line = new CommandLine(new BelayCommand());
    line.addSubcommand("run", new RunCommand(world));
    line.addSubcommand("check", new RunCommand.Check(world));
    line.addSubcommand("audit", new AuditCommand(world));
    line.addSubcommand("adhoc", new AdhocCommand(world));
    line.addSubcommand("facts", new FactsCommand(world));
    line.addSubcommand("ping", new PingCommand(world));
    line.addSubcommand("list", new ListCommand(world));
    line.addSubcommand("inventory", new InventoryCommand(world));
    line.addSubcommand("doc", new DocCommand(world));
    line.addSubcommand("eval", new EvalCommand(world));
    line.addSubcommand(
        "report",
        new CommandLine(new ReportCommand()).addSubcommand("merge", new MergeCommand(world)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // -e @FILE is ours to read.
    line.setExpandAtFiles(false);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, world));
    line.setParameterExceptionHandler(
        (e, a) -> {
          err.println(
              "belay: "
                  + Visible.line(String.valueOf(e.getMessage()))
                  + "; 'belay --help' tells more");
          return ExitCode.USAGE.code();
        });
    line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
    int code = line.execute(asCalled(args, environment));
    out.flush();
    err.flush();
    return code;
  }

  /** By one of Ansible's names it takes that command line, which has no commands. */
  private static String[] asCalled(String[] args, Map<String, String> environment) {
    String command = COMMANDS.get(environment.getOrDefault("BELAY_CALLED_AS", ""));
    if (command == null || args.length == 1 && args[0].equals("--version")) {
      return args;
    }
    String[] all = new String[args.length + 1];
    all[0] = command;
    System.arraycopy(args, 0, all, 1, args.length);
    return all;
  }

  private static int failed(Exception e, World world) {
    PrintStream err = world.err();
    if (e instanceof ProblemsException problems) {
      for (Problem problem : problems.problems()) {
        err.println(world.secrets().masked(SourceLines.shown(problem)));
      }
    } else {
      err.println("belay: internal error, please report it:");
      e.printStackTrace(err);
    }
    return ExitCode.USAGE.code();
  }
}
