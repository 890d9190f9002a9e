package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code deploy/} has for other engines is well formed, and its command lines do what they
 * say: they are run here, with a program in the place of ours that tells how it was called.
 */
@Timeout(120)
final class DeployTest {
  private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
  private static final Path VERIFY = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path folder;

  private static Map<?, ?> manifest(String name) throws IOException {
    return (Map<?, ?>)
        KubernetesFields.yaml(Files.readString(DEPLOY.resolve("kubernetes/" + name)));
  }

  private static Object at(Object value, String... path) {
    Object inside = value;
    for (String name : path) {
      inside =
          inside instanceof List<?> list
              ? list.get(Integer.parseInt(name))
              : ((Map<?, ?>) inside).get(name);
    }
    return inside;
  }

  private static Object container(Map<?, ?> manifest) {
    return at(manifest, "spec", "template", "spec", "containers", "0");
  }

  /** The last word of {@code sh -c}, where our program is another one. */
  private String script(Map<?, ?> manifest) throws IOException {
    List<?> command = (List<?>) at(container(manifest), "command");
    assertEquals(List.of("/bin/sh", "-c"), command.subList(0, 2));
    String script = command.get(2).toString();
    assertTrue(script.contains("/opt/belay/belay "), script);
    return script.replace("/opt/belay/belay", stub().toString());
  }

  /** Tells its arguments, one a line. */
  private Path stub() throws IOException {
    Path stub = folder.resolve("belay-stub");
    if (!Files.exists(stub)) {
      Files.writeString(stub, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return stub;
  }

  private record Ran(int status, String said) {}

  private Ran run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.directory(folder.toFile()).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said);
  }

  private static String environment(Map<?, ?> manifest, String name) {
    for (Object variable : (List<?>) at(container(manifest), "env")) {
      if (name.equals(at(variable, "name"))) {
        return at(variable, "value").toString();
      }
    }
    return "";
  }

  @Test
  void manifests_have_only_fields_that_kubernetes_knows() throws IOException {
    List<Path> files;
    try (Stream<Path> inside = Files.list(DEPLOY.resolve("kubernetes"))) {
      files = inside.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertEquals(3, files.size(), files.toString());
    for (Path file : files) {
      assertEquals(
          List.of(),
          new KubernetesFields().wrong(KubernetesFields.yaml(Files.readString(file))),
          file.toString());
    }
  }

  @Test
  void a_field_that_kubernetes_does_not_know_is_noticed() throws IOException {
    String whole = Files.readString(DEPLOY.resolve("kubernetes/job.yaml"));
    String[][] wrong = {
      {"completionMode: Indexed", "completionMode: Index"},
      {"parallelism: 8", "paralelism: 8"},
      {"completions: 8", "completions: '8'"},
      {"restartPolicy: Never", ""},
      {"restartPolicy: Never", "restartPolicy: Always?"},
      {"value: \"8\"", "value: 8"},
      {"image: ", "img: "},
      {"name: tmp", "name: Tmp"},
      {"emptyDir: {}", "emptyDir: []"},
      {"drop: [ALL]", "drop: ALL"},
      {"kind: Job", "kind: Jobs"}
    };
    int noticed = 0;
    for (String[] each : wrong) {
      assertTrue(whole.contains(each[0]), each[0]);
      Object planted =
          KubernetesFields.yaml(
              whole.replaceFirst(
                  each[0].replace("{}", "\\{\\}").replace("[ALL]", "\\[ALL\\]"), each[1]));
      noticed += new KubernetesFields().wrong(planted).isEmpty() ? 0 : 1;
    }
    // A restart policy is not required of a pod as such.
    assertEquals(wrong.length - 1, noticed);
  }

  @Test
  void the_pods_of_the_job_have_every_shard_once_and_their_reports_can_be_joined()
      throws IOException, InterruptedException {
    Map<?, ?> job = manifest("job.yaml");
    int shards = Integer.parseInt(environment(job, "SHARDS"));
    assertEquals((long) shards, at(job, "spec", "completions"));
    assertEquals((long) shards, at(job, "spec", "maxFailedIndexes"));
    Files.writeString(folder.resolve("inventory"), "h[1:30] ansible_connection=local\n");
    Files.writeString(
        folder.resolve("site.yml"), "- hosts: all\n  gather_facts: false\n  tasks:\n    - ping:\n");
    Files.createDirectory(folder.resolve("results"));
    List<String> reports = new ArrayList<>();
    for (int index = 0; index < shards; index++) {
      Ran ran =
          run(
              Map.of("JOB_COMPLETION_INDEX", "" + index, "SHARDS", "" + shards),
              "/bin/sh",
              "-c",
              script(job));
      assertEquals(0, ran.status(), ran.said());
      List<String> args = ran.said().lines().map(this::here).toList();
      assertTrue(args.contains((index + 1) + "/" + shards), args.toString());
      assertEquals(0, belay(args));
      reports.add(args.get(args.size() - 1));
    }
    assertEquals(shards, reports.stream().distinct().count());
    Ran merge =
        run(
            Map.of(),
            "/bin/sh",
            "-c",
            script(manifest("merge-job.yaml")).replace("/results/", folder + "/results/"));
    List<String> args = merge.said().lines().toList();
    assertEquals(List.of("report", "merge"), args.subList(0, 2));
    assertEquals(shards + 4, args.size(), args.toString());
    assertEquals(0, belay(args));
    assertTrue(out.contains("30 hosts in "), out);
    assertTrue(Files.exists(folder.resolve("results/junit.xml")));
  }

  private String out = "";

  /** The paths of a pod, in this test's folder. */
  private String here(String word) {
    return word.replace("/playbooks/", folder + "/").replace("/results/", folder + "/results/");
  }

  private int belay(List<String> args) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = Main.run(args.toArray(new String[0]), Map.of("HOME", folder.toString()), both, both);
    out = said.toString(StandardCharsets.UTF_8);
    return code;
  }

  @Test
  void every_volume_that_is_mounted_is_there() throws IOException {
    for (String name : List.of("job.yaml", "merge-job.yaml", "daemonset.yaml")) {
      Map<?, ?> manifest = manifest(name);
      List<Object> mounted =
          ((List<?>) at(container(manifest), "volumeMounts"))
              .stream().<Object>map(mount -> at(mount, "name")).sorted().toList();
      List<Object> there =
          ((List<?>) at(manifest, "spec", "template", "spec", "volumes"))
              .stream().<Object>map(volume -> at(volume, "name")).sorted().toList();
      assertEquals(there, mounted, name);
      assertEquals("/tmp", environment(manifest, "HOME"), name);
    }
  }

  @Test
  void each_node_tunes_itself_under_its_own_root() throws IOException, InterruptedException {
    Map<?, ?> set = manifest("daemonset.yaml");
    assertEquals(
        at(set, "spec", "selector", "matchLabels"),
        at(set, "spec", "template", "metadata", "labels"));
    String once =
        script(set)
            .replace("sleep \"$INTERVAL\" &", "exit 0")
            .replace("/tmp/last", folder.resolve("last").toString());
    Ran ran = run(Map.of("NODE_NAME", "npu7", "INTERVAL", "1"), "/bin/sh", "-c", once);
    assertEquals(
        List.of("run", "/playbooks/site.yml", "-i", "npu7,", "-c", "local", "--root", "/host"),
        ran.said().lines().toList());
    assertEquals("0\n", Files.readString(folder.resolve("last")));
    assertEquals("/host", at(container(set), "volumeMounts", "0", "mountPath"));
  }

  @Test
  void the_tasks_of_a_slurm_array_have_every_shard_once() throws IOException, InterruptedException {
    String file = DEPLOY.resolve("slurm/belay-array.sh").toString();
    assertTrue(Files.readString(Path.of(file)).contains("--array=1-8\n"));
    List<String> shards = new ArrayList<>();
    for (int task : IntStream.rangeClosed(1, 8).toArray()) {
      Ran ran =
          run(
              Map.of(
                  "SLURM_ARRAY_TASK_ID",
                  "" + task,
                  "SLURM_ARRAY_TASK_COUNT",
                  "1",
                  "BELAY",
                  stub().toString()),
              "/bin/sh",
              file);
      assertEquals(0, ran.status(), ran.said());
      List<String> args = ran.said().lines().toList();
      shards.add(args.get(args.indexOf("--shard") + 1));
      assertTrue(args.get(args.size() - 1).endsWith("/results/" + task + ".json"));
    }
    assertEquals(IntStream.rangeClosed(1, 8).mapToObj(task -> task + "/8").toList(), shards);
    assertEquals(1, run(Map.of("SLURM_ARRAY_TASK_ID", "9"), "/bin/sh", file).status());
    assertFalse(run(Map.of(), "/bin/sh", file).status() == 0);
    assertEquals(new Ran(0, ""), run(Map.of(), "bash", "-n", file));
  }

  @Test
  void systemd_takes_the_units() throws IOException, InterruptedException {
    boolean can = Files.isExecutable(VERIFY);
    if (!can) {
      System.err.println("SKIPPED: units are verified with systemd-analyze, which is not here");
    }
    assumeTrue(can);
    Path service = unit("belay-pull.service", "Nice=");
    Path timer = unit("belay-pull.timer", "Nice=");
    assertEquals("", verified(service, timer));
    unit("belay-pull.service", "Nize=");
    assertTrue(verified(service, timer).contains("Nize"), "a wrong key is not noticed");
  }

  private Path unit(String name, String nice) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        Files.readString(DEPLOY.resolve("systemd/" + name))
            .replace("/opt/belay/belay", stub().toString())
            .replace("/usr/bin/git", "/bin/true")
            .replace("Nice=", nice));
  }

  private String verified(Path... units) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(VERIFY.toString(), "verify", "--man=no"));
    Stream.of(units).map(Path::toString).forEach(command::add);
    return run(Map.of(), command.toArray(new String[0])).said();
  }
}
