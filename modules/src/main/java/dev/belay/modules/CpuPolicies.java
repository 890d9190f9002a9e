package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The CPU frequency policies of a host: CPUs that share a governor. Work goes by policy and not by
 * CPU, of which large hosts have hundreds.
 *
 * @param boost how the driver as a whole tells whether it goes beyond the base frequency; empty
 *     where it does not
 */
record CpuPolicies(ImmutableList<Policy> all, Optional<Boost> boost, ImmutableSet<Flag> flags) {
  static final String FOLDER = "/sys/devices/system/cpu/cpufreq";
  private static final String NO_TURBO = "/sys/devices/system/cpu/intel_pstate/no_turbo";

  /** What else is true. */
  enum Flag {
    READ_ONLY
  }

  /** A file that holds 0 or 1, and which of the two is on. */
  record Boost(String path, String value, String on, String off) {}

  /** One policy and its files, by their names. A file that cannot be read is not among them. */
  record Policy(String name, ImmutableMap<String, String> files) {
    Optional<String> file(String file) {
      return Optional.ofNullable(files.get(file));
    }

    ImmutableList<String> words(String file) {
      return ImmutableList.copyOf(
          Splitter.on(' ').omitEmptyStrings().split(files.getOrDefault(file, "")));
    }

    /** Whether a CPU of it is online: the kernel answers for no other. */
    boolean isActive() {
      return files.containsKey("scaling_governor")
          ? !files.getOrDefault("affected_cpus", "0").isEmpty()
          : !files.getOrDefault("affected_cpus", "").isEmpty();
    }

    String path(String file) {
      return FOLDER + "/" + name + "/" + file;
    }
  }

  static Probe<CpuPolicies> probe() {
    Sh question =
        Sh.of(
            """
            d={}; cd -- "$d" 2>/dev/null || exit 0
            for p in policy*; do [ ! -d "$p" ] || echo "policy $p"; done
            grep -Hs '' policy*/scaling_governor policy*/scaling_available_governors policy*/affected_cpus policy*/scaling_driver policy*/energy_performance_preference policy*/energy_performance_available_preferences boost {}
            if [ "$(id -u)" = 0 ]; then for f in policy*/scaling_governor; do if [ -e "$f" ] && [ ! -w "$f" ]; then echo ro; break; fi; done; fi; :""",
            FOLDER,
            NO_TURBO);
    return Probe.of(question, CpuPolicies::read);
  }

  private static CpuPolicies read(Output output) {
    Map<String, Map<String, String>> policies = new LinkedHashMap<>();
    Optional<Boost> boost = Optional.empty();
    for (String line : output.lines()) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (line.startsWith("policy ")) {
        policies.put(line.substring("policy ".length()), new LinkedHashMap<>());
      } else if (line.startsWith(NO_TURBO + ":")) {
        boost = Optional.of(new Boost(NO_TURBO, value, "0", "1"));
      } else if (line.startsWith("boost:")) {
        boost = Optional.of(new Boost(FOLDER + "/boost", value, "1", "0"));
      } else if (colon > 0) {
        String path = line.substring(0, colon);
        policies
            .computeIfAbsent(Paths.parent(path), p -> new LinkedHashMap<>())
            .put(Paths.name(path), value);
      }
    }
    ImmutableList.Builder<Policy> all = ImmutableList.builder();
    policies.forEach((name, files) -> all.add(new Policy(name, ImmutableMap.copyOf(files))));
    return new CpuPolicies(
        all.build(),
        boost,
        output.lines().contains("ro") ? ImmutableSet.of(Flag.READ_ONLY) : ImmutableSet.of());
  }

  boolean isReadOnly() {
    return flags.contains(Flag.READ_ONLY);
  }
}
