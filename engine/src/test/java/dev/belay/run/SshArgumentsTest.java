package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.template.EvaluationException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What options of OpenSSH come to here. */
final class SshArgumentsTest {

  @Test
  void the_usual_words_for_hosts_that_nobody_has_met_take_new_keys() {
    SshArguments read =
        SshArguments.read("-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null");
    assertTrue(read.acceptsNewKeys());
    assertEquals(List.of("/dev/null"), read.knownHosts());
    assertTrue(SshArguments.read("-oStrictHostKeyChecking=accept-new").acceptsNewKeys());
    assertFalse(SshArguments.read("-o StrictHostKeyChecking=yes").acceptsNewKeys());
  }

  @Test
  void what_steers_nothing_here_is_told() {
    assertThrows(EvaluationException.class, () -> SshArguments.read("-o ProxyCommand=nc"));
    assertThrows(
        EvaluationException.class, () -> SshArguments.read("-o StrictHostKeyChecking=perhaps"));
  }
}
