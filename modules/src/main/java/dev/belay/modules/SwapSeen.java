package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.FileText;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What swaps on a host: now, and after a boot.
 *
 * @param devices that are swapped to now
 * @param usedKib of them
 * @param availableKib memory that can be had without swapping
 * @param units that would switch swap on at boot, besides those made of fstab; masked ones are not
 *     among them
 * @param masked such units that are masked
 */
record SwapSeen(
    ImmutableList<String> devices,
    long usedKib,
    long availableKib,
    long totalKib,
    FileText fstab,
    ImmutableList<Unit> units,
    ImmutableList<String> masked,
    ImmutableSet<Flag> flags,
    ContainerEvidence evidence) {

  /** A unit, and whether its file is where masks would be. */
  record Unit(String name, Place place) {}

  /** Where a unit's file is. */
  enum Place {
    /** In the administrator's folder: it cannot be masked, only unlinked. */
    OWN,
    ELSEWHERE
  }

  /** What else is true. */
  enum Flag {
    /** This kernel has swap. */
    SWAP,
    KUBELET
  }

  private static final Sh QUESTION =
      Sh.of(
          """
          if [ -e /proc/swaps ]; then echo swap; tail -n +2 /proc/swaps | sed 's/^/device /'; fi
          grep -E '^(MemTotal|MemAvailable|SwapTotal|SwapFree):' /proc/meminfo | sed 's/^/mem\t/'
          for f in /etc/systemd/system/kubelet.service /usr/lib/systemd/system/kubelet.service /lib/systemd/system/kubelet.service; do if [ -e "$f" ]; then echo kubelet; break; fi; done
          e=/etc/systemd/system
          for f in $e/*.swap /run/systemd/generator/*.swap /run/systemd/generator.late/*.swap /usr/local/lib/systemd/system/*.swap /usr/lib/systemd/system/*.swap /lib/systemd/system/*.swap \\
            /usr/lib/systemd/system/zramswap.service /lib/systemd/system/zramswap.service /usr/lib/systemd/system/zram-config.service /lib/systemd/system/zram-config.service; do
            n=${f##*/}
            if [ "$(readlink -- "$e/$n")" = /dev/null ]; then [ ! -e "$f" ] || echo "masked $n"; continue; fi
            [ -f "$f" ] || continue
            if grep -qs '^SourcePath=/etc/fstab' "$f"; then continue; fi
            if [ "$f" = "$e/$n" ]; then
              for l in $e/*.wants/"$n" $e/*.requires/"$n"; do if [ -L "$l" ]; then echo "own $n"; break; fi; done
            else echo "unit $n"; fi
          done; :""");

  static Probe<SwapSeen> probe() {
    return Probe.of(QUESTION, output -> output)
        .and(
            Probe.text("/etc/fstab")
                .and(ContainerEvidence.probe(), (text, evidence) -> new Rest(text, evidence)),
            SwapSeen::read);
  }

  private record Rest(FileText fstab, ContainerEvidence evidence) {}

  private static SwapSeen read(Output output, Rest rest) {
    ImmutableList.Builder<String> devices = ImmutableList.builder();
    ImmutableSet.Builder<Unit> units = ImmutableSet.builder();
    ImmutableSet.Builder<String> masked = ImmutableSet.builder();
    Map<String, Long> kib = new HashMap<>();
    for (String line : output.lines()) {
      String[] words = line.split("[ \t]+");
      switch (words[0]) {
        case "device" -> devices.add(Fstab.unescaped(words[1]));
        case "unit" -> units.add(new Unit(words[1], Place.ELSEWHERE));
        case "own" -> units.add(new Unit(words[1], Place.OWN));
        case "masked" -> masked.add(words[1]);
        case "mem" -> kib.put(words[1], Long.valueOf(words[2]));
        default -> {}
      }
    }
    return new SwapSeen(
        devices.build(),
        kib.getOrDefault("SwapTotal:", 0L) - kib.getOrDefault("SwapFree:", 0L),
        kib.getOrDefault("MemAvailable:", 0L),
        kib.getOrDefault("MemTotal:", 0L),
        rest.fstab,
        units.build().asList(),
        masked.build().asList(),
        flags(output.lines()),
        rest.evidence);
  }

  private static ImmutableSet<Flag> flags(List<String> lines) {
    ImmutableSet.Builder<Flag> flags = ImmutableSet.builder();
    if (lines.contains("swap")) {
      flags.add(Flag.SWAP);
    }
    if (lines.contains("kubelet")) {
      flags.add(Flag.KUBELET);
    }
    return flags.build();
  }
}
