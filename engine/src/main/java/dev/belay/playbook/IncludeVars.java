package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.Optional;

/**
 * A task that reads variables from files of the control side. It asks a host nothing; the engine
 * reads them, and keeps them for the host's later tasks.
 *
 * @param name the variable that gets all of them as a mapping; empty where each is one
 * @param merge whether mappings that the host has under the same names are kept beside
 */
public record IncludeVars(Source source, Optional<String> name, Merge merge)
    implements Resource<Boolean> {

  /** Where variables come from. */
  public sealed interface Source {}

  /** One file. */
  public record OneFile(String path) implements Source {}

  /**
   * The files of a folder.
   *
   * @param depth how many folders are gone through; 0 for all
   * @param matching a regular expression that names must fit somewhere
   * @param ignored regular expressions that names must not end with
   * @param endings of names, without the dot; empty for a name without
   */
  public record Folder(
      String path,
      long depth,
      Optional<String> matching,
      ImmutableList<String> ignored,
      ImmutableList<String> endings,
      Others others)
      implements Source {}

  /** What becomes of files with another ending. */
  public enum Others {
    REFUSED,
    LEFT_OUT
  }

  /** What becomes of a mapping that there is under the same name. */
  public enum Merge {
    REPLACED,
    MERGED
  }

  public static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "include_vars")
          .summary("Reads variables from files of the control side while the play runs.")
          .doc(
              "They win over those of the play, its roles, blocks and tasks, and give way to 'set_fact', registered results, parameters of roles, and -e."
                  + " A file is looked for in 'vars' of the role, in the role, in 'vars' beside the playbook, and beside it. It may be encrypted.")
          .freeForm("file")
          .parameters(
              Parameter.optional("file", Type.TEXT, "The file."),
              Parameter.optional(
                  "dir",
                  Type.TEXT,
                  "A folder whose files are read in the order of their names: from 'vars' of the role, or from where the task stands."),
              Parameter.optional(
                  "name", Type.TEXT, "Put all of them into this variable, as a mapping."),
              Parameter.optional(
                      "depth", Type.INTEGER, "How many folders to go through; 0 for all.")
                  .defaultsTo(0L),
              Parameter.optional(
                  "files_matching",
                  Type.TEXT,
                  "Only files whose names this regular expression finds something in."),
              Parameter.optional(
                  "ignore_files",
                  Type.LIST,
                  "No files whose names end with one of these regular expressions."),
              Parameter.optional("extensions", Type.LIST, "The endings of files to read.")
                  .defaultsTo(ImmutableList.of("yaml", "yml", "json")),
              Parameter.optional(
                      "ignore_unknown_extensions",
                      Type.FLAG,
                      "Leave out files with other endings; they are a mistake otherwise.")
                  .defaultsTo(false),
              Parameter.optional(
                      "hash_behaviour",
                      Type.TEXT,
                      "Whether a mapping of the same name is replaced, or merged with.")
                  .oneOf("replace", "merge")
                  .defaultsTo("replace"))
          .example("- include_vars: \"{{ ansible_os_family }}.yml\"")
          .example("- include_vars:\n    dir: settings\n    ignore_files: [secret.yml]")
          .result("ansible_facts", "The variables.")
          .result("ansible_included_var_files", "The files that were read, in order.")
          .makes(IncludeVars::of);

  private static IncludeVars of(Args args) {
    Optional<String> dir = args.textIfGiven("dir").filter(text -> !text.isEmpty());
    Optional<String> file = args.textIfGiven("file").map(String::strip);
    if (dir.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException("'file' and 'dir' exclude each other");
    }
    Source source =
        dir.<Source>map(path -> folder(path, args)).orElseGet(() -> new OneFile(file.orElse("")));
    return new IncludeVars(
        source,
        args.textIfGiven("name"),
        args.text("hash_behaviour").equals("merge") ? Merge.MERGED : Merge.REPLACED);
  }

  private static Folder folder(String path, Args args) {
    return new Folder(
        path,
        args.integer("depth"),
        args.textIfGiven("files_matching"),
        args.texts("ignore_files"),
        args.texts("extensions"),
        args.flag("ignore_unknown_extensions") ? Others.LEFT_OUT : Others.REFUSED);
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.satisfied();
  }
}
