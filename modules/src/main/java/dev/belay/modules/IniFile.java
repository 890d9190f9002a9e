package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.Done;
import dev.belay.module.FileText;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;

/** An option in a section of a file of settings, as pip, dnf, git and systemd have them. */
record IniFile(String path, IniEdit edit, boolean create, boolean backup, Attributes attributes)
    implements Resource<IniFile.Seen> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("community.general", "ini_file")
          .summary("Keeps an option of a section in a file of settings, or out of it.")
          .doc(
              "Sections, options and their spelling are taken as they are; a line that differs in spaces alone is put right unless 'ignore_spaces' is true."
                  + " A new option goes behind the last line of its section that says something; a commented line of it is used first."
                  + " With 'exclusive: false' values are added to those that are there, or these alone are removed."
                  + "\n\n'follow' is not supported: a link in the way is refused, for replacing it would part it from its file. 'section_has_values' is not supported yet."
                  + "\n\npip reads /etc/pip.conf for all users; 'pip config set global.index-url' writes one user's file alone, for 'global' is the section's name.")
          .parameters(
              Parameter.required("path", Type.PATH, "The file.").alias("dest"),
              Parameter.optional(
                  "section",
                  Type.TEXT,
                  "Without brackets; without it, what stands before the first."),
              Parameter.optional("option", Type.TEXT, "Without it the section itself is meant."),
              Parameter.optional("value", Type.SCALAR, "Its value."),
              Parameter.optional("values", Type.LIST, "Its values, each on a line of its own."),
              Parameter.optional("state", Type.TEXT, "Whether it is there.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional("exclusive", Type.FLAG, "Whether other values of the option go.")
                  .defaultsTo(true),
              Parameter.optional("no_extra_spaces", Type.FLAG, "No spaces around '='.")
                  .defaultsTo(false),
              Parameter.optional(
                      "ignore_spaces", Type.FLAG, "Whether spaces around '=' are no difference.")
                  .defaultsTo(false),
              Parameter.optional(
                      "allow_no_value", Type.FLAG, "Whether an option may stand without a value.")
                  .defaultsTo(false),
              Parameter.optional(
                      "modify_inactive_option",
                      Type.FLAG,
                      "Whether a commented line of the option is put in force and used.")
                  .defaultsTo(true),
              Parameter.optional("create", Type.FLAG, "Whether a file that is absent is made.")
                  .defaultsTo(true),
              Parameter.optional(
                      "backup", Type.FLAG, "Whether a copy of what was is kept beside the file.")
                  .defaultsTo(false))
          .parameters(FileParameters.ATTRIBUTES)
          .example(
              "- name: All users of pip fetch from a mirror\n  ini_file:\n    path: /etc/pip.conf\n    section: global\n    option: index-url\n    value: https://pypi.tuna.tsinghua.edu.cn/simple\n    mode: '0644'")
          .example(
              "- ini_file:\n    path: /etc/dnf/dnf.conf\n    section: main\n    option: fastestmirror\n    state: absent")
          .result("path", "The file.")
          .result("backup_file", "The copy, where one was made.")
          .makes(IniFile::of);

  record Seen(FileText text, PathSeen path) {}

  private static IniFile of(Args args) {
    return new IniFile(
        Paths.onHost(args.text("path")),
        IniEdit.of(args),
        args.flag("create"),
        args.flag("backup"),
        args.attributes());
  }

  @Override
  public Probe<Seen> probe() {
    return Probe.text(path).and(PathSeen.at(path), Seen::new);
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.path.is(PathSeen.Kind.DIRECTORY)) {
      return Plan.impossible(path + " is a directory");
    } else if (seen.text instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable(path + " cannot be read: " + unreadable.why());
    } else if (seen.path.is(PathSeen.Kind.LINK)) {
      return Plan.impossible(path + " is a link to " + seen.path.target() + "; name that file");
    }
    Optional<String> text = seen.text.ifPresent();
    String after = edit.applied(text.orElse(""));
    if (text.isEmpty() && (!edit.present() || !create)) {
      return edit.present()
          ? Plan.lacking("there is no file " + path + "; create: true makes it")
          : Plan.satisfied();
    } else if (text.isPresent() && after.equals(text.get())) {
      return attributes(seen.path);
    }
    return Plan.of(new Change(path, text.orElse(Change.ABSENT), after, steps(text, after)));
  }

  private Plan attributes(PathSeen seen) {
    List<Sh> commands = seen.corrections(attributes, path);
    return commands.isEmpty()
        ? Plan.satisfied()
        : Plan.of(Change.run(path, seen.attributes(), seen.with(attributes), Sh.all(commands)));
  }

  private ImmutableList<Step> steps(Optional<String> text, String after) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    if (text.isEmpty()) {
      steps.add(new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(path))));
    } else if (backup) {
      steps.add(
          new Step.Run(
              Sh.of(
                  "belay_kept={}.$$.$(date +%Y-%m-%d@%H:%M:%S)~ && cp -p -- {} \"$belay_kept\" && printf 'backup\\t%s\\n' \"$belay_kept\"",
                  path, path)));
    }
    return steps.add(new Step.Put(Content.of(after), path, attributes)).build();
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of("path", path);
  }

  @Override
  public Done done(Output output) {
    return output.lines().stream()
        .filter(line -> line.startsWith("backup\t"))
        .findFirst()
        .map(
            line ->
                new Done(
                    ImmutableMap.of("backup_file", line.substring("backup\t".length())),
                    ImmutableList.of()))
        .orElse(Done.quietly());
  }
}
