package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.module.Remark;
import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of variables as the programs that they are for read them. */
final class EnvOnASimulatedHostTest {
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

  private LocalHost host() {
    return new LocalHost(folder, simulated);
  }

  /** A value of the playbook in single quotes of YAML. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static boolean has(String program) throws IOException, InterruptedException {
    return simulated.run("command -v " + program + " || :").contains("/");
  }

  private static void assumeProgram(String program) throws IOException, InterruptedException {
    boolean there = has(program);
    if (!there) {
      System.err.println("SKIPPED: a test of variables needs " + program);
    }
    assumeTrue(there, program + " is not installed");
  }

  /** A task that sets V0, V1, ... to the values. */
  private static String setting(String dialect, List<String> values) {
    StringBuilder set = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      set.append("    V" + i + ": " + quoted(values.get(i)) + "\n");
    }
    return (dialect.equals("environment") ? "- env:\n" : "- env:\n    name: whole\n")
        + "    dialect: "
        + dialect
        + "\n    set:\n"
        + set.toString().indent(2);
  }

  /** What a shell prints of V0, V1, ..., each with a line end. */
  private static String printing(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"$V" + i + "\"")
        .collect(Collectors.joining(" ", "printf \"%s\\n\" ", ""));
  }

  @Test
  void a_login_shell_gets_values_whole() throws Exception {
    List<String> values =
        List.of(
            "it's \"quoted\"",
            "$HOME `touch /canary` $(touch /canary)",
            "a # b; touch /canary",
            "back\\slash",
            "-rf",
            "* ? ~",
            "中文",
            "=eth0");
    host().converges(setting("profile.d", values));
    String whole = String.join("\n", values) + "\n";
    String ask = " -lc '" + printing(values.size()) + "'";
    assertEquals(whole, simulated.run("env -i HOME=/root dash" + ask));
    assertEquals(whole, simulated.run("env -i HOME=/root bash" + ask));
    assertFalse(simulated.has("/canary"), "a value was run as code");
  }

  @Test
  void a_list_keeps_what_a_login_has_already_and_takes_each_member_once() throws Exception {
    host()
        .converges(
            "- env: {name: list, dialect: profile.d, prepend: {LIST: [/a b, /c]}, append: {LIST: /z}}");
    String ask = " dash -lc '. /etc/profile.d/zz-belay-list.sh; printf %s \"$LIST\"'";
    assertEquals("/a b:/c:/z", simulated.run("env -i HOME=/root" + ask));
    assertEquals(
        "/a b:/c:/old one:/older:/z",
        simulated.run("env -i HOME=/root LIST='/old one:/older'" + ask));
    host().converges("- env: {name: list, dialect: profile.d, remove: {LIST: /c}}");
    assertEquals("/a b:/z", simulated.run("env -i HOME=/root" + ask));
  }

  @Test
  void the_broken_line_of_the_guide_is_what_ends_a_login_and_ours_does_not() throws Exception {
    String login = "env -i HOME=/root GUIDE=/old.so dash -lc 'echo in' 2>&1 || :";
    simulated.write("/etc/profile.d/zz-belay-npu.sh", "export GUIDE=/x.so $GUIDE\n");
    assertFalse(simulated.run(login).contains("in\n"), "dash goes on by now");
    Outcome kept = host().check("- env: {name: npu, dialect: profile.d, set: {A: 1}}");
    assertEquals(Status.FAILED, kept.status());
    host().converges("- env: {name: npu, dialect: profile.d, absent: [GUIDE], set: {AFTER: 1}}");
    host().converges("- env: {name: npu, dialect: profile.d, prepend: {GUIDE: /x.so}}");
    assertTrue(simulated.run(login).contains("in\n"));
  }

  @Test
  void docker_takes_a_line_of_an_env_file_literally_up_to_its_first_equals_sign() throws Exception {
    host().converges("- env: {name: vllm, set: {HCCL_SOCKET_IFNAME: '=eth0', OMP_NUM_THREADS: 1}}");
    assertEquals(
        "=eth0",
        simulated.run(
            "grep -v '^#' /etc/belay/env/vllm.env | xargs -d '\\n' sh -c 'env -i \"$@\" /bin/sh -c \"printf %s \\\"\\$HCCL_SOCKET_IFNAME\\\"\"' sh"));
  }

  @Test
  void a_session_of_pam_gets_values_whole() throws Exception {
    assumeProgram("su");
    simulated.write(
        "/etc/pam.d/su",
        "auth sufficient pam_rootok.so\naccount required pam_permit.so\nsession required pam_env.so readenv=1\n");
    simulated.write("/etc/environment", "PATH=\"/usr/bin:/bin\"\n# theirs\n");
    List<String> values = List.of("two words", "$HOME/x", "a=b", "中文", "~");
    host().converges(setting("environment", values));
    assertEquals(
        String.join("\n", values) + "\n",
        simulated.run("su root -c '" + printing(values.size()) + "'"));
    assertEquals("/usr/bin:/bin", simulated.run("su root -c 'printf %s \"$PATH\"'"));
    assertTrue(simulated.read("/etc/environment").startsWith("PATH=\"/usr/bin:/bin\"\n# theirs\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"has # hash", "\"quoted\"", " outer ", "back\\", ""})
  void a_value_that_pam_would_change_is_refused(String value) throws Exception {
    Outcome refused =
        host().check("- env: {dialect: environment, set: {WHOLE: " + quoted(value) + "}}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("pam_env"), refused.message());
  }

  @Test
  void systemd_finds_nothing_wrong_with_a_drop_in() throws Exception {
    simulated.write(
        "/etc/systemd/system/vllm.service", "[Service]\nExecStart=/bin/true\n[Install]\n");
    host()
        .converges(
            "- env: {name: vllm, dialect: systemd, set: {A: 'x \"y\" 50% \\ z', HCCL_SOCKET_IFNAME: '=eth0'}}");
    assertEquals(
        "# Managed by belay.\n[Service]\nEnvironment=\"A=x \\\"y\\\" 50%% \\\\ z\"\nEnvironment=\"HCCL_SOCKET_IFNAME==eth0\"\n",
        simulated.read("/etc/systemd/system/vllm.service.d/90-belay.conf"));
    assumeProgram("systemd-analyze");
    assertEquals(
        "",
        simulated.run(
            "systemd-analyze verify /etc/systemd/system/vllm.service 2>&1 | grep 90-belay || :"));
  }

  @Test
  void a_later_drop_in_and_an_environment_file_of_the_unit_are_found() throws Exception {
    simulated.write(
        "/etc/systemd/system/two.service",
        "[Service]\nExecStart=/bin/true\nEnvironmentFile=-/etc/default/two\n");
    simulated.write("/etc/default/two", "B=file\n");
    simulated.write(
        "/run/systemd/system/two.service.d/99-late.conf", "[Service]\nEnvironment=A=late\n");
    Outcome shadowed =
        host().converges("- env: {name: two, dialect: systemd, set: {A: ours, B: ours}}");
    assertEquals(
        "[/run/systemd/system/two.service.d/99-late.conf sets A to 'late', after /etc/systemd/system/two.service.d/90-belay.conf,"
            + " /etc/default/two sets B to 'file', and an EnvironmentFile= wins over Environment=]",
        shadowed.remarks().stream().map(Remark::text).toList().toString());
  }

  @Test
  void a_process_that_runs_with_another_value_has_to_start_again() throws Exception {
    simulated.run(
        "cp /bin/sleep /usr/local/bin/vllm-worker; (A=0 /usr/local/bin/vllm-worker 60 >/dev/null 2>&1 </dev/null & echo $! > /pid)");
    String task = "- env: {name: run, process: vllm-worker, set: {A: 1}}";
    Outcome changed = host().converges(task);
    assertTrue(
        changed.remarks().toString().contains("RESTART_NEEDED"), changed.remarks().toString());
    simulated.program("/usr/bin/systemctl", "echo MainPID=$(cat /pid); echo NeedDaemonReload=no");
    Outcome unit = host().check("- env: {name: run, unit: run, set: {A: 1}}");
    assertTrue(unit.remarks().toString().contains("RESTART_NEEDED"), unit.remarks().toString());
    Outcome same = host().apply("- env: {name: run, process: vllm-worker, set: {A: 0}}");
    assertFalse(same.remarks().toString().contains("RESTART_NEEDED"), same.remarks().toString());
    simulated.run("kill $(cat /pid)");
  }

  @Test
  void what_would_abort_fails_a_check_and_a_run_and_touches_nothing() throws Exception {
    simulated.write("/etc/belay/env/abort.env", "PYTORCH_NPU_ALLOC_CONF=max_split_size_mb:250\n");
    String task = "- env: {name: abort, set: {PYTORCH_ALLOC_CONF: 'expandable_segments:True'}}";
    for (Outcome outcome : new Outcome[] {host().check(task), host().apply(task)}) {
      assertEquals(Status.FAILED, outcome.status());
      assertTrue(outcome.message().contains("26.2"), outcome.message());
    }
    assertEquals(
        "PYTORCH_NPU_ALLOC_CONF=max_split_size_mb:250\n",
        simulated.read("/etc/belay/env/abort.env"));
  }

  @Test
  void a_file_of_somebody_else_is_judged_without_being_touched() throws Exception {
    simulated.write("/srv/job.env", "# theirs\nHCCL_RDMA_TC=33\nHCCL_OP_EXPANSION_MODE=AIV\n");
    Outcome judged = host().check("- env: {path: /srv/job.env, soc: 910b}");
    assertEquals(Status.FAILED, judged.status());
    assertTrue(judged.message().contains("multiple of 4"), judged.message());
    assertTrue(judged.result().get("risks").toString().contains("froze"));
  }
}
