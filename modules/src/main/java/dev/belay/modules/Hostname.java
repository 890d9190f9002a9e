package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Precautions;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The host's own name: the one that the kernel has now, and the one it gets at the next boot. */
record Hostname(String name, Optional<String> use) implements Resource<Hostname.Seen> {
  /** The kernel takes no more. */
  private static final int LONGEST = 64;

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "hostname")
          .summary("Sets the host's name, now and for the next boot.")
          .doc(
              "Both are looked at, and only what differs is set. Under systemd 'hostnamectl' sets them; the name for the next boot is read from /etc/hostname, where systemd keeps it. Elsewhere the file of the distribution is written: /etc/hostname, or what 'use' says. /etc/hosts is not touched. "
                  + "The facts 'ansible_fqdn' and 'ansible_domain' are taken from the name itself, as a question to a name server could hang. Other systems than Linux, and 'use: generic', are refused.")
          .parameters(
              Parameter.required("name", Type.TEXT, "The name, with its domain or without."),
              Parameter.optional(
                      "use",
                      Type.TEXT,
                      "How the name is kept for the next boot; found out by default.")
                  .oneOf("alpine", "debian", "openrc", "redhat", "sles", "systemd"))
          .example("- hostname:\n    name: npu-17")
          .result("name", "The name.")
          .result("ansible_facts", "The facts that have the name.")
          .makes(Hostname::of);

  /** How the name is kept for the next boot. */
  private enum Kept {
    SYSTEMD("/etc/hostname", ""),
    FILE("/etc/hostname", ""),
    SLES("/etc/HOSTNAME", ""),
    REDHAT("/etc/sysconfig/network", "HOSTNAME="),
    OPENRC("/etc/conf.d/hostname", "hostname=");

    private final String file;

    /** What stands before the name on its line; empty where the file has nothing else. */
    private final String word;

    Kept(String file, String word) {
      this.file = file;
      this.word = word;
    }

    String line(String name) {
      return this == OPENRC ? word + '"' + name + '"' : word + name;
    }
  }

  /**
   * What is there.
   *
   * @param system the word of os-release; empty where there is none
   * @param texts of the files that may have the name
   */
  record Seen(String live, boolean systemd, String system, ImmutableMap<String, String> texts) {
    static Seen of(Output output) {
      String live = "";
      boolean systemd = false;
      String system = "";
      for (String line : output.lines()) {
        if (line.startsWith("live ")) {
          live = line.substring("live ".length());
        } else if (line.equals("systemd")) {
          systemd = true;
        } else if (line.startsWith("ID=")) {
          system = line.substring("ID=".length()).replaceAll("[\"']", "");
        }
      }
      return new Seen(live, systemd, system, ImmutableMap.of());
    }
  }

  private static Hostname of(Args args) {
    String name = args.text("name");
    if (!name.matches("[^-\\s\\p{Cntrl}/\"$`\\\\][^\\s\\p{Cntrl}/\"$`\\\\]*")) {
      throw new IllegalArgumentException("'" + name + "' is no name for a host");
    } else if (name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "name cannot be longer than 64 characters, try a shorter name");
    }
    return new Hostname(name, args.textIfGiven("use"));
  }

  @Override
  public Probe<Seen> probe() {
    Probe<Seen> seen =
        Probe.of(
            Sh.of(
                "printf 'live '; cat /proc/sys/kernel/hostname; if [ -d /run/systemd/system ]; then echo systemd; fi; grep -s '^ID=' /etc/os-release || :"),
            Seen::of);
    for (String file :
        List.of(
            "/etc/hostname", "/etc/HOSTNAME", "/etc/sysconfig/network", "/etc/conf.d/hostname")) {
      seen = seen.and(Probe.text(file), (known, text) -> with(known, file, text.ifPresent()));
    }
    return seen;
  }

  private static Seen with(Seen known, String file, Optional<String> text) {
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    texts.putAll(known.texts);
    text.ifPresent(there -> texts.put(file, there));
    return new Seen(known.live, known.systemd, known.system, texts.buildOrThrow());
  }

  private Kept kept(Seen seen) {
    if (use.isPresent()) {
      return switch (use.get()) {
        case "alpine", "debian" -> Kept.FILE;
        default -> Kept.valueOf(use.get().toUpperCase(Locale.ROOT));
      };
    } else if (seen.systemd) {
      return Kept.SYSTEMD;
    }
    return switch (seen.system) {
      case "gentoo" -> Kept.OPENRC;
      case "rhel", "centos", "ol", "rocky", "almalinux", "anolis", "altlinux" -> Kept.REDHAT;
      default -> Kept.FILE;
    };
  }

  /** The name for the next boot; empty where none is kept. */
  private static String stored(Kept kept, String text) {
    if (kept.word.isEmpty()) {
      return text.strip();
    }
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(kept.word))
        .map(line -> line.substring(kept.word.length()).replaceAll("[\"']", "").strip())
        .reduce("", (first, last) -> last);
  }

  @Override
  public Plan plan(Seen seen) {
    Kept kept = kept(seen);
    String text = seen.texts.getOrDefault(kept.file, "");
    String stored = stored(kept, text);
    List<Change> changes = new ArrayList<>();
    if (!stored.equals(name)) {
      changes.add(
          new Change(
              "host name (next boot)",
              stored.isEmpty() ? Change.ABSENT : stored,
              name,
              ImmutableList.of(storing(kept, text))));
    }
    if (!seen.live.equals(name)) {
      changes.add(Change.run("host name (live)", seen.live, name, setting(kept)));
    }
    return Plan.of(changes);
  }

  private Step storing(Kept kept, String text) {
    return kept == Kept.SYSTEMD
        ? new Step.Run(Sh.of("hostnamectl --pretty --static set-hostname {}", name))
        : new Step.Put(
            new Step.Source.Here(FileBytes.of(edited(kept, text)).content()),
            kept.file,
            Attributes.unchanged(),
            // Containers often have the file mounted.
            new Precautions(Optional.empty(), ImmutableList.of(), true));
  }

  private String edited(Kept kept, String text) {
    if (kept.word.isEmpty()) {
      return name + "\n";
    }
    List<String> lines = new ArrayList<>(text.lines().toList());
    boolean found = false;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(kept.word)) {
        lines.set(i, kept.line(name));
        found = true;
      }
    }
    if (!found) {
      lines.add(kept.line(name));
    }
    return String.join("\n", lines) + "\n";
  }

  private Sh setting(Kept kept) {
    return kept == Kept.SYSTEMD
        ? Sh.of("hostnamectl --transient set-hostname {}", name)
        : Sh.of(
            "{ printf '%s\\n' {} > /proc/sys/kernel/hostname; } 2>/dev/null || hostname {}",
            name, name);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    int dot = name.indexOf('.');
    return ImmutableMap.of(
        "name",
        name,
        "ansible_facts",
        ImmutableMap.of(
            "ansible_hostname",
            dot < 0 ? name : name.substring(0, dot),
            "ansible_nodename",
            name,
            "ansible_fqdn",
            name,
            "ansible_domain",
            dot < 0 ? "" : name.substring(dot + 1)));
  }
}
