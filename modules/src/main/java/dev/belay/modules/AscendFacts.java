package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts that need the driver. Each program has its time, for a sick NPU hangs the one that asks it,
 * and once one has hung nothing more is asked of it.
 */
record AscendFacts(ImmutableSet<String> subset, long timeout)
    implements Resource<ImmutableMap<String, Object>> {
  private static final long LONGEST = 600;

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "ascend_facts")
          .summary("Tells what the driver knows of the NPUs: health, chips, network, containers.")
          .doc(
              "Asks npu-smi and hccn_tool with their reading verbs only. What is not there, what failed, what did not answer in time and what is ill are four things, and are told as such; nothing is guessed."
                  + "\n\nansible_ascend_driver: 'npu_smi' is ok, absent, directory, failed or hung, 'error' its own words; then 'version', 'chips' (npu, name, health, healthy, power_w, temperature_c, chip, phy_id or device, bus_id, aicore_percent, memory_… and hbm_used_mb, …_total_mb), 'count', 'all_healthy', 'list', 'map', 'boards' and 'soc'; with topology 'cpu_affinity', or 'topology_error'."
                  + "\n\nansible_ascend_network: 'hccn_tool' (ok, absent or hung), 'npus' by number with link, net_health, ip, gateway, netdetect, tls and lldp, each with its pairs or its 'error', and 'conf', the lines of /etc/hccn.conf."
                  + "\n\nansible_ascend_runtime: 'docker' and 'containerd' (present), 'default_runtime', 'runtimes', 'daemon_json' (absent, ok, unreadable).")
          .parameters(
              Parameter.optional(
                      "gather_subset",
                      Type.LIST,
                      "What to ask. network runs hccn_tool seven times for each NPU.")
                  .oneOf("npus", "topology", "network", "runtime")
                  .defaultsTo(ImmutableList.of("npus", "topology", "runtime")),
              Parameter.optional(
                      "timeout", Type.INTEGER, "Seconds that one program may take, 1 to 600.")
                  .defaultsTo(20L))
          .example("- ascend_facts:")
          .example("- ascend_facts:\n    gather_subset: [npus, network]\n    timeout: 30")
          .result("ansible_facts", "ansible_ascend_driver, _network and _runtime, as asked.")
          .makes(AscendFacts::of);

  private static final Sh PRELUDE =
      Sh.of(
          """
          k() { [ -n "$2" ] && printf '%s\\t%s\\n' "$1" "$2"; }
          run() { n=$1; shift; o=$(timeout -k 2 "$t" "$@" 2>&1); r=$?; printf '%s\\n' "$o" | while IFS= read -r l; do k "$n" "$l"; done; k status "$n $r"; [ $r != 124 ] && [ $r != 137 ]; }
          """);

  private static final Sh NPUS =
      Sh.of(
          """
          s=; for f in npu-smi /usr/local/bin/npu-smi /usr/local/sbin/npu-smi; do if [ -d "$f" ]; then k smi directory; elif p=$(command -v "$f") && [ -f "$p" ]; then s=$p; break; fi; done
          if [ -n "$s" ]; then k smi found; if run info "$s" info && run map "$s" info -m && run list "$s" info -l; then
            for i in $(printf '%s\\n' "$o" | sed -n 's/^[[:space:]]*NPU ID[[:space:]]*:[[:space:]]*\\([0-9]\\{1,\\}\\).*/\\1/p' | head -n 64); do run "board $i" "$s" info -t board -i "$i" && run "chip $i" "$s" info -t board -i "$i" -c 0 || break; done
          fi; fi""");

  private static final Sh TOPOLOGY =
      Sh.of("if [ -n \"$s\" ] && [ \"$r\" != 124 ]; then run topo \"$s\" info -t topo; fi");

  private static final Sh NETWORK =
      Sh.of(
          """
          h=; for f in hccn_tool /usr/local/Ascend/driver/tools/hccn_tool /usr/local/bin/hccn_tool; do p=$(command -v "$f") && [ -f "$p" ] && { h=$p; break; }; done
          lines() { [ -r "$2" ] && while IFS= read -r l || [ -n "$l" ]; do k "$1" "$l"; done < "$2"; }
          lines conf /etc/hccn.conf
          if [ -n "$h" ]; then k hccn found; for d in /dev/davinci[0-9]*; do [ -c "$d" ] || continue; i=${d#/dev/davinci}; for v in link net_health ip gateway netdetect tls lldp; do run "hccn $i $v" "$h" -i "$i" -$v -g || break 2; done; done; fi""");

  private static final Sh RUNTIME =
      Sh.of(
          """
          for p in docker containerd isulad; do command -v $p >/dev/null && k runtime $p; done
          if [ -r /etc/docker/daemon.json ]; then k daemon_json "$(tr -d '\\n' < /etc/docker/daemon.json)"; elif [ -e /etc/docker/daemon.json ]; then k daemon_json_closed yes; fi
          k containerd_default "$(sed -n 's/^[[:space:]]*default_runtime_name[[:space:]]*=[[:space:]]*"\\(.*\\)".*/\\1/p' /etc/containerd/config.toml 2>/dev/null | head -n 1)\"""");

  private static AscendFacts of(Args args) {
    long timeout = args.integer("timeout");
    if (timeout < 1 || timeout > LONGEST) {
      throw new IllegalArgumentException("'timeout' must be from 1 to 600 seconds");
    }
    return new AscendFacts(ImmutableSet.copyOf(args.texts("gather_subset")), timeout);
  }

  @Override
  public Probe<ImmutableMap<String, Object>> probe() {
    List<Sh> script = new ArrayList<>();
    script.add(Sh.of("t={}", timeout));
    script.add(PRELUDE);
    if (subset.contains("npus") || subset.contains("topology")) {
      script.add(NPUS);
    }
    if (subset.contains("topology")) {
      script.add(TOPOLOGY);
    }
    if (subset.contains("network")) {
      script.add(NETWORK);
    }
    if (subset.contains("runtime")) {
      script.add(RUNTIME);
    }
    script.add(Sh.of(":"));
    return Probe.of(Sh.lines(script), this::read);
  }

  private ImmutableMap<String, Object> read(Output output) {
    FactLines said = FactLines.of(output.lines());
    ImmutableMap.Builder<String, Object> facts = ImmutableMap.builder();
    if (subset.contains("npus") || subset.contains("topology")) {
      facts.put("ansible_ascend_driver", DriverFacts.of(said));
    }
    if (subset.contains("network")) {
      facts.put("ansible_ascend_network", HccnFacts.of(said));
    }
    if (subset.contains("runtime")) {
      facts.put("ansible_ascend_runtime", RuntimeFacts.of(said));
    }
    return facts.buildOrThrow();
  }

  @Override
  public Plan plan(ImmutableMap<String, Object> seen) {
    return Plan.satisfied();
  }

  @Override
  public ImmutableMap<String, Object> result(ImmutableMap<String, Object> seen) {
    return ImmutableMap.of("ansible_facts", seen);
  }
}
