package dev.belay.playbook;

import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.Locale;

/** A word to the engine in the middle of a play; no task of a host. */
public record Meta(Word word) implements Resource<Boolean> {

  /** What it says. */
  public enum Word {
    FLUSH_HANDLERS,
    END_HOST,
    END_PLAY,
    END_BATCH,
    CLEAR_FACTS,
    CLEAR_HOST_ERRORS,
    RESET_CONNECTION,
    REFRESH_INVENTORY,
    NOOP;

    /** As playbooks have it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is about all hosts of a play, whichever comes to it first. */
    public boolean isForAll() {
      return this == END_PLAY
          || this == END_BATCH
          || this == REFRESH_INVENTORY
          || this == CLEAR_HOST_ERRORS;
    }
  }

  public static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "meta")
          .summary("Tells the engine something in the middle of a play.")
          .doc(
              "It is no task: no report shows it, and no recap counts it. 'refresh_inventory' reads the inventory again and keeps what tasks have added; 'end_batch' ends the play for the hosts that are taken together. 'role_complete' is Ansible's own and not supported.")
          .freeForm("free_form")
          .parameters(
              Parameter.required("free_form", Type.TEXT, "What to do.")
                  .oneOf(
                      "flush_handlers",
                      "end_host",
                      "end_play",
                      "end_batch",
                      "clear_facts",
                      "clear_host_errors",
                      "reset_connection",
                      "refresh_inventory",
                      "noop"))
          .example("- meta: flush_handlers")
          .makes(args -> new Meta(Word.valueOf(args.text("free_form").toUpperCase(Locale.ROOT))));

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.satisfied();
  }
}
