package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.Convert;
import dev.belay.module.FileText;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Environment variables in a file that is ours as a whole: what a task does not name stays, so that
 * several tasks may share a file, and lines that are no variable go.
 */
record Env(
    String path,
    EnvDialect dialect,
    ImmutableMap<String, String> set,
    ImmutableList<String> absent,
    ImmutableList<ListEdit> edits,
    String mode)
    implements Resource<FileText> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "env")
          .summary("Sets environment variables for logins, containers and services.")
          .doc(
              "Each dialect is read by somebody else: profile.d by login shells only, env-file by docker --env-file and systemd's EnvironmentFile, systemd by one unit."
                  + " A value that a dialect cannot express is refused. Variables set for logins never reach containers or services.")
          .parameters(
              Parameter.optional(
                  "name",
                  Type.TEXT,
                  "What the file is for: a service, a unit, a subject. The path follows from it."),
              Parameter.optional("path", Type.PATH, "The file, instead of 'name'.").alias("dest"),
              Parameter.optional("dialect", Type.TEXT, "Who reads it.")
                  .oneOf("profile.d", "env-file", "systemd")
                  .defaultsTo("env-file"),
              Parameter.optional("set", Type.DICT, "Variables and their values."),
              Parameter.optional("absent", Type.LIST, "Variables that must not be in the file."),
              Parameter.optional(
                  "prepend",
                  Type.DICT,
                  "Members to put first in variables that are lists, once each."),
              Parameter.optional("append", Type.DICT, "Members to put last, once each."),
              Parameter.optional("remove", Type.DICT, "Members to take out."),
              Parameter.optional("separator", Type.TEXT, "What stands between members.")
                  .defaultsTo(":"),
              Parameter.optional("mode", Type.MODE, "The file's permissions.").defaultsTo("0644"))
          .example(
              "- env:\n    name: vllm\n    dialect: env-file\n    set:\n      TASK_QUEUE_ENABLE: 1\n    absent: [PYTORCH_NPU_ALLOC_CONF]")
          .example(
              "- env:\n    name: vllm\n    prepend:\n      LD_PRELOAD: [/usr/lib/aarch64-linux-gnu/libjemalloc.so.2]")
          .result("path", "The file.")
          .makes(Env::of);

  /** A change of a variable that is a list. */
  record ListEdit(String variable, Kind kind, ImmutableList<String> members, String separator) {
    enum Kind {
      PREPEND,
      APPEND,
      REMOVE
    }

    String applied(String value) {
      List<String> list =
          new ArrayList<>(Splitter.on(separator).omitEmptyStrings().splitToList(value));
      boolean inPlace =
          kind == Kind.PREPEND ? startsWith(list) : kind == Kind.APPEND && endsWith(list);
      if (!inPlace) {
        list.removeAll(members);
        list.addAll(
            kind == Kind.PREPEND ? 0 : list.size(), kind == Kind.REMOVE ? List.of() : members);
      }
      return String.join(separator, list);
    }

    private boolean startsWith(List<String> list) {
      return list.size() >= members.size() && list.subList(0, members.size()).equals(members);
    }

    private boolean endsWith(List<String> list) {
      return list.size() >= members.size()
          && list.subList(list.size() - members.size(), list.size()).equals(members);
    }
  }

  private static Env of(Args args) {
    EnvDialect dialect = EnvDialect.of(args.text("dialect"));
    if (args.has("name") == args.has("path")) {
      throw new IllegalArgumentException("'env' needs one of 'name' and 'path'");
    }
    args.textIfGiven("name")
        .filter(n -> !n.matches("[A-Za-z0-9@_.-]+"))
        .ifPresent(
            n -> {
              throw new IllegalArgumentException("'" + n + "' is no name for a file");
            });
    ImmutableMap.Builder<String, String> set = ImmutableMap.builder();
    args.dict("set").forEach((name, value) -> set.put(variable(name), value(name, value, dialect)));
    List<ListEdit> edits = new ArrayList<>();
    for (ListEdit.Kind kind : ListEdit.Kind.values()) {
      args.dict(kind.name().toLowerCase(java.util.Locale.ROOT))
          .forEach(
              (name, members) ->
                  edits.add(edit(name, kind, members, args.text("separator"), dialect)));
    }
    args.texts("absent").forEach(Env::variable);
    String path =
        args.textIfGiven("path")
            .map(Paths::absolute)
            .orElseGet(() -> dialect.path(args.text("name")));
    return new Env(
        path,
        dialect,
        set.buildOrThrow(),
        args.texts("absent"),
        ImmutableList.copyOf(edits),
        args.text("mode"));
  }

  private static String variable(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("'" + name + "' is no name for an environment variable");
    }
    return name;
  }

  private static String value(String name, Object value, EnvDialect dialect) {
    String text = value instanceof Boolean flag ? (flag ? "True" : "False") : Convert.text(value);
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "the value of " + name + " holds a control character, which no file of variables can");
    }
    dialect.line(name, text);
    return text;
  }

  private static ListEdit edit(
      String name, ListEdit.Kind kind, Object members, String separator, EnvDialect dialect) {
    List<?> list = members instanceof List<?> many ? many : List.of(members);
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    list.forEach(member -> texts.add(value(name, member, dialect)));
    return new ListEdit(variable(name), kind, texts.build(), separator);
  }

  @Override
  public Probe<FileText> probe() {
    return Probe.text(path);
  }

  @Override
  public Plan plan(FileText seen) {
    if (seen instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable(path + " cannot be read: " + unreadable.why());
    }
    Map<String, String> before = dialect.read(seen.ifPresent().orElse(""));
    Map<String, String> after = wanted(before);
    String text = dialect.write(after);
    if (seen.ifPresent().equals(java.util.Optional.of(text))
        || after.isEmpty() && before.isEmpty() && seen.ifPresent().isEmpty()) {
      return Plan.satisfied().with(risks(after));
    }
    Step make = new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(path)));
    Step put = new Step.Put(Content.of(text), path, Attributes.mode(mode));
    return Plan.of(
            new Change(
                path, seen.ifPresent().orElse(Change.ABSENT), text, ImmutableList.of(make, put)))
        .with(risks(after));
  }

  private Map<String, String> wanted(Map<String, String> before) {
    Map<String, String> after = new LinkedHashMap<>(before);
    after.putAll(set);
    for (ListEdit edit : edits) {
      String value = edit.applied(after.getOrDefault(edit.variable, ""));
      if (value.isEmpty()) {
        after.remove(edit.variable);
      } else {
        after.put(edit.variable, value);
      }
    }
    absent.forEach(after::remove);
    return after;
  }

  private List<Remark> risks(Map<String, String> after) {
    List<Remark> risks = new ArrayList<>();
    if (dialect == EnvDialect.PROFILE && after.containsKey("LD_PRELOAD")) {
      risks.add(
          Remark.risk(
              "LD_PRELOAD for all logins reaches every program that they start; set it for the service instead"));
    }
    String alloc = after.getOrDefault("PYTORCH_NPU_ALLOC_CONF", "");
    if (alloc.contains("expandable_segments:True")
        && alloc.matches(".*(max_split_size_mb|garbage_collection_threshold).*")) {
      risks.add(
          Remark.risk(
              "torch_npu aborts where expandable_segments:True stands beside max_split_size_mb or garbage_collection_threshold"));
    }
    return risks;
  }

  @Override
  public ImmutableMap<String, Object> result(FileText seen) {
    return ImmutableMap.of("path", path, "dest", path);
  }
}
