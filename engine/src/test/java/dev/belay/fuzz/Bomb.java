package dev.belay.fuzz;

import dev.belay.problem.ProblemsException;
import dev.belay.template.EvaluationException;
import java.util.Optional;

/**
 * Input that asks for much.
 *
 * @param mustFail whether it is more than anybody may ask for; what is merely large may be read
 */
record Bomb(String name, boolean mustFail, Runnable fuse) {

  static Bomb refused(String text, Runnable fuse) {
    return new Bomb(shown(text), true, fuse);
  }

  /** One that is large, and no more. */
  static Bomb endured(String text, Runnable fuse) {
    return new Bomb(shown(text), false, fuse);
  }

  private static String shown(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  /** Sets it off, and tells what is wrong with what came of it. */
  Optional<String> wrong() {
    try {
      fuse.run();
    } catch (EvaluationException | ProblemsException e) {
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(name + ": " + e);
    }
    return mustFail ? Optional.of(name + ": gave a value") : Optional.empty();
  }
}
