package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.AsyncJob;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import java.util.Optional;

/** Looks how a job is that a task with {@code async} has started, or forgets it. */
record AsyncStatus(AsyncJob job, boolean erases) implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "async_status")
          .summary("Looks how a job is that a task with 'async' and 'poll: 0' has started.")
          .doc(
              "'until: job.finished' with 'retries' and 'delay' waits for it. A job ends when the time that 'async' gave it is over. Where its process is gone without a word, after a restart of the host, it failed. A check starts no job, so it has none to look at.")
          .parameters(
              Parameter.required(
                  "jid", Type.TEXT, "The job: 'ansible_job_id' of the result of its task."),
              Parameter.optional(
                      "mode",
                      Type.TEXT,
                      "Whether to look, or to remove what is kept of it ('cleanup').")
                  .oneOf("status", "cleanup")
                  .defaultsTo("status"))
          .result("ansible_job_id", "The job.")
          .result("started", "1 where there is such a job.")
          .result("finished", "1 where it has ended.")
          .result("rc", "Its exit status, once it has ended; so are the others.")
          .result("stdout", "What it said.")
          .result("stderr", "What it said on standard error.")
          .result("stdout_lines", "Standard output as a list of lines.")
          .result("stderr_lines", "Standard error as a list of lines.")
          .result("erased", "What was removed, with 'cleanup'.")
          .example(
              "- async_status:\n    jid: \"{{ download.ansible_job_id }}\"\n  register: job\n  until: job.finished\n  retries: 60\n  delay: 10")
          .makes(AsyncStatus::of);

  private static AsyncStatus of(Args args) {
    return new AsyncStatus(new AsyncJob(args.text("jid")), args.text("mode").equals("cleanup"));
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return erases
        ? Plan.errand(Change.run("job", "(kept)", "forgotten", job.erase()), this::erased)
        : Plan.errand(Change.run("job", "(not asked)", "asked", job.look()), this::asked);
  }

  private Acted erased(Output output) {
    String folder = output.out().strip();
    return folder.isEmpty()
        ? notFound()
        : unchanged(ImmutableMap.of("erased", folder, "started", 0L, "finished", 0L));
  }

  private Acted asked(Output output) {
    AsyncJob.State state = job.state(output);
    if (state instanceof AsyncJob.Ended ended) {
      return ended(ended.output(), ended.changes());
    } else if (state instanceof AsyncJob.Running) {
      return unchanged(ImmutableMap.of("started", 1L, "finished", 0L));
    }
    return state instanceof AsyncJob.Vanished
        ? failed("the job is gone and has left no status: the host was restarted, or it was killed")
        : notFound();
  }

  private Acted ended(Output output, boolean changes) {
    ImmutableMap<String, Object> values =
        named(
            ImmutableMap.<String, Object>builder()
                .put("started", 1L)
                .put("finished", 1L)
                .put("rc", (long) output.status())
                .put("stdout", output.out().stripTrailing())
                .put("stderr", output.err().stripTrailing())
                .put("stdout_lines", Output.lines(output.out()))
                .put("stderr_lines", Output.lines(output.err()))
                .buildOrThrow());
    return new Acted(
        values,
        output.succeeded() ? Optional.empty() : Optional.of("non-zero return code"),
        changes ? Acted.Effect.CHANGED : Acted.Effect.UNCHANGED,
        ImmutableList.of());
  }

  private Acted notFound() {
    return failed("could not find job");
  }

  private Acted failed(String why) {
    return new Acted(named(ImmutableMap.of("started", 1L, "finished", 1L)), Optional.of(why));
  }

  private Acted unchanged(ImmutableMap<String, Object> values) {
    return new Acted(named(values), Optional.empty(), Acted.Effect.UNCHANGED, ImmutableList.of());
  }

  private ImmutableMap<String, Object> named(ImmutableMap<String, Object> values) {
    return ImmutableMap.<String, Object>builder()
        .putAll(values)
        .put("ansible_job_id", job.id())
        .buildOrThrow();
  }
}
