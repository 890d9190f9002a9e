package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with NPUs, as far as files and programs make one. */
final class AscendOnASimulatedHostTest {
  private static final Path RECORDED = Path.of("src/test/resources/recorded");
  private static SimulatedHost simulated;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    simulated = SimulatedHost.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (simulated != null) {
      simulated.close();
    }
  }

  @BeforeEach
  void no_driver() throws Exception {
    simulated.run("rm -rf /usr/local/bin/npu-smi /usr/local/sbin/npu-smi /recorded");
  }

  private Map<?, ?> facts(String task, String fact) throws IOException, InterruptedException {
    Outcome outcome = new LocalHost(folder, simulated).check(task);
    assertEquals(Status.OK, outcome.status(), outcome.message());
    return (Map<?, ?>) ((Map<?, ?>) outcome.result().get("ansible_facts")).get(fact);
  }

  private Map<?, ?> driver() throws IOException, InterruptedException {
    return facts("- ascend_facts: {timeout: 1}", "ansible_ascend_driver");
  }

  private static void recorded(String file, String at) throws IOException, InterruptedException {
    simulated.write(at, Files.readString(RECORDED.resolve(file)));
  }

  private static void pci(String address, String device, String clazz)
      throws IOException, InterruptedException {
    String at = "/sys/bus/pci/devices/" + address;
    simulated.write(at + "/vendor", "0x19e5\n");
    simulated.write(at + "/device", device + "\n");
    simulated.write(at + "/class", clazz + "\n");
    simulated.write(at + "/subsystem_device", "0x0110\n");
    simulated.write(at + "/numa_node", "3\n");
  }

  @Test
  void npus_are_told_from_compression_engines_by_their_ids_and_versions_are_paired()
      throws Exception {
    pci("0000:c1:00.0", "0xd802", "0x120000");
    pci("0000:75:00.0", "0xa250", "0x120000");
    pci("0000:7d:00.0", "0xa222", "0x020000");
    recorded("files/ascend_install.info", "/etc/ascend_install.info");
    recorded("files/driver-version.info", "/opt/Ascend/driver/version.info");
    recorded("files/firmware-version.info", "/opt/Ascend/firmware/version.info");
    recorded(
        "files/ascend_toolkit_install.info",
        "/opt/Ascend/cann-8.5.0/aarch64-linux/ascend_toolkit_install.info");
    simulated.write("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
    simulated.run("mkdir -p /usr/local/bin/npu-smi");
    Map<?, ?> ascend = facts("- setup: {gather_subset: ['!min', ascend]}", "ansible_ascend");
    assertEquals(1L, ascend.get("npu_count"));
    assertEquals(List.of("910B"), ascend.get("npu_types"));
    assertEquals(List.of("0000:75:00.0 0xa250"), ascend.get("other_accelerators"));
    assertEquals(false, ascend.get("counts_match"));
    assertEquals("25.0.rc1.1", ascend.get("driver_version"));
    assertEquals("7.7.0.1.231", ascend.get("firmware_version"));
    assertEquals(true, ascend.get("firmware_fits"));
    assertTrue(ascend.get("cann").toString().contains("version=8.5.0"), "" + ascend.get("cann"));
    assertEquals("integrity", ascend.get("lockdown"));
    assertEquals(Map.of("/usr/local/bin/npu-smi", "directory"), ascend.get("npu_smi"));
  }

  @Test
  void a_stale_preload_of_everybody_is_a_fact() throws Exception {
    simulated.write("/etc/environment", "LD_PRELOAD=/gone/libjemalloc.so\n");
    Map<?, ?> ascend = facts("- setup: {gather_subset: ascend}", "ansible_ascend");
    simulated.run("rm /etc/environment");
    assertEquals(
        List.of(
            Map.of(
                "file", "/etc/environment",
                "library", "/gone/libjemalloc.so",
                "loads", false,
                "said", "missing")),
        ascend.get("preloads"));
  }

  @Test
  void daemons_that_set_the_same_knobs_are_told_with_what_they_are_up_to() throws Exception {
    simulated.run(
        "mkdir -p /etc/systemd/system/multi-user.target.wants && ln -sf /x /etc/systemd/system/multi-user.target.wants/tuned.service"
            + " && touch /etc/systemd/system/tuned.service && ln -sf /dev/null /etc/systemd/system/irqbalance.service"
            + " && cp /bin/sleep /opt/sysmonitor && (/opt/sysmonitor 60 >/dev/null 2>&1 </dev/null & echo $! > /pid)");
    Map<?, ?> daemons =
        (Map<?, ?>) facts("- setup: {gather_subset: ascend}", "ansible_ascend").get("daemons");
    simulated.run("kill $(cat /pid)");
    assertEquals(List.of("installed", "enabled"), daemons.get("tuned"));
    assertEquals(List.of("installed", "masked"), daemons.get("irqbalance"));
    assertEquals(List.of("running"), daemons.get("sysmonitor"));
  }

  @Test
  void a_python3_that_no_package_owns_is_seen() throws Exception {
    Map<?, ?> own =
        (Map<?, ?>) facts("- setup: {gather_subset: ascend}", "ansible_ascend").get("python3");
    if (own == null || !own.containsKey("is_the_systems")) {
      System.err.println("SKIPPED: the owner of python3 needs python3 and dpkg or rpm");
      return;
    }
    simulated.run(
        "readlink /usr/bin/python3 > /was; cp /bin/true /opt/python3.11; ln -sfT /opt/python3.11 /usr/bin/python3");
    Map<?, ?> foreign =
        (Map<?, ?>) facts("- setup: {gather_subset: ascend}", "ansible_ascend").get("python3");
    simulated.run("ln -sfT $(cat /was) /usr/bin/python3");
    assertEquals(true, own.get("is_the_systems"));
    assertEquals("/opt/python3.11", foreign.get("target"));
    assertEquals(false, foreign.get("is_the_systems"));
  }

  @Test
  void sources_of_another_release_or_architecture_are_seen() throws Exception {
    simulated.write(
        "/etc/apt/sources.list",
        "# deb http://old x main\ndeb [arch=amd64] https://m.example/ubuntu-ports/ jammy main universe\n");
    simulated.write("/etc/os-release", "ID=ubuntu\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble\n");
    Outcome outcome = new LocalHost(folder, simulated).check("- setup: {gather_subset: ascend}");
    simulated.run("rm -f /etc/apt/sources.list");
    List<?> sources =
        (List<?>) ((Map<?, ?>) outcome.result().get("ansible_facts")).get("ansible_apt_sources");
    Map<?, ?> first = (Map<?, ?>) sources.get(0);
    assertEquals("/etc/apt/sources.list", first.get("file"));
    assertEquals(List.of("jammy"), first.get("suites"));
    assertEquals(false, first.get("fits_release"));
  }

  @Test
  void without_a_driver_there_is_no_verdict() throws Exception {
    Map<?, ?> driver = driver();
    assertEquals("absent", driver.get("npu_smi"));
    assertEquals(0L, driver.get("count"));
    assertFalse(driver.containsKey("error"));
  }

  @Test
  void npu_smi_that_is_a_directory_is_told() throws Exception {
    simulated.run("mkdir -p /usr/local/sbin/npu-smi");
    assertEquals("directory", driver().get("npu_smi"));
  }

  @Test
  void npu_smi_that_hangs_is_asked_once() throws Exception {
    simulated.program("/usr/local/sbin/npu-smi", "echo x >> /asked; exec sleep 30");
    assertEquals("hung", driver().get("npu_smi"));
    assertEquals("x\n", simulated.read("/asked"));
  }

  @Test
  void npu_smi_that_fails_says_why_whatever_it_ends_with() throws Exception {
    recorded("npu-smi/failed.txt", "/recorded/info");
    simulated.program("/usr/local/bin/npu-smi", "cat /recorded/info");
    Map<?, ?> driver = driver();
    assertEquals("failed", driver.get("npu_smi"));
    assertTrue(driver.get("error").toString().contains("-8005"));
    assertEquals(false, driver.get("all_healthy"));
  }

  @Test
  void a_driver_that_answers_is_told_whole() throws Exception {
    for (String name : List.of("info-a2", "list-a2", "map-a2", "board-a2", "topo-a2")) {
      recorded("npu-smi/" + name + ".txt", "/recorded/" + name);
    }
    simulated.program(
        "/usr/local/bin/npu-smi",
        "case $* in info) f=info;; 'info -l') f=list;; 'info -m') f=map;; 'info -t topo') f=topo;; *) f=board;; esac; cat /recorded/$f-a2");
    Map<?, ?> driver = driver();
    assertEquals("ok", driver.get("npu_smi"));
    assertEquals("ascend910b4", driver.get("soc"));
    assertEquals(2L, driver.get("count"));
    assertEquals(false, driver.get("all_healthy"));
    assertEquals(Map.of("NPU0", "144-167", "NPU1", "0-23,96-119"), driver.get("cpu_affinity"));
    assertEquals(2, ((Map<?, ?>) driver.get("boards")).size());
  }

  @Test
  void the_runtime_of_containers_is_told() throws Exception {
    String task = "- ascend_facts: {gather_subset: runtime}";
    assertEquals("absent", facts(task, "ansible_ascend_runtime").get("daemon_json"));
    simulated.write(
        "/etc/docker/daemon.json",
        "{\"default-runtime\": \"ascend\",\n \"runtimes\": {\"ascend\": {\"path\": \"/x\"}}}\n");
    Map<?, ?> runtime = facts(task, "ansible_ascend_runtime");
    assertEquals("ascend", runtime.get("default_runtime"));
    assertEquals(List.of("ascend"), runtime.get("runtimes"));
    simulated.write("/etc/docker/daemon.json", "{broken");
    assertEquals("unreadable", facts(task, "ansible_ascend_runtime").get("daemon_json"));
  }

  @Test
  void facts_of_a_hosts_own_are_json_or_ini_or_a_program() throws Exception {
    simulated.write("/etc/ansible/facts.d/a.fact", "{\"n\": 1}");
    simulated.write("/etc/ansible/facts.d/b.fact", "[main]\nKey = value\n");
    simulated.program("/etc/ansible/facts.d/c.fact", "echo '{\"from\": \"program\"}'");
    simulated.write("/etc/ansible/facts.d/d.fact", "neither");
    simulated.program("/etc/ansible/facts.d/e.fact", "echo no >&2; exit 3");
    simulated.run("ln -s /nowhere /etc/ansible/facts.d/f.fact");
    Map<?, ?> local = facts("- setup: {gather_subset: ['!all', local]}", "ansible_local");
    assertEquals(Map.of("n", 1L), local.get("a"));
    assertEquals(Map.of("main", Map.of("key", "value")), local.get("b"));
    assertEquals(Map.of("from", "program"), local.get("c"));
    assertTrue(local.get("d").toString().startsWith("error loading facts"));
    assertEquals(
        "Failure executing fact script (/etc/ansible/facts.d/e.fact), rc: 3, err: no\n",
        local.get("e"));
    assertTrue(local.get("f").toString().startsWith("Could not stat fact"));
  }

  @Test
  void the_environment_is_the_one_that_tasks_have() throws Exception {
    Map<?, ?> env = facts("- setup: {gather_subset: ['!all', env]}", "ansible_env");
    assertTrue(env.get("PATH").toString().contains("/usr/bin"), env.toString());
  }

  @Test
  void the_default_route_has_its_gateway_and_the_interface_its_network() throws Exception {
    simulated.program(
        "/usr/local/sbin/ip",
        "case $* in '-o addr show') echo '4: eth0    inet 198.51.100.7/26 brd 198.51.100.63 scope global eth0\\       valid_lft forever';; '-4 route get 8.8.8.8') echo '8.8.8.8 via 198.51.100.1 dev eth0 src 198.51.100.7 uid 0';; esac");
    simulated.program("/usr/bin/ip", "exec /usr/local/sbin/ip \"$@\"");
    simulated.program("/usr/sbin/ip", "exec /usr/local/sbin/ip \"$@\"");
    Map<?, ?> route = facts("- setup: {gather_subset: ['!all', network]}", "ansible_default_ipv4");
    assertEquals("198.51.100.1", route.get("gateway"));
    assertEquals("255.255.255.192", route.get("netmask"));
    assertEquals("198.51.100.0", route.get("network"));
    assertEquals("eth0", route.get("interface"));
  }
}
