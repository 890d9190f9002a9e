package dev.belay.modules;

import dev.belay.module.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the user should know of a kernel parameter once it is set: who sets it after us. */
final class SysctlRemarks {
  private SysctlRemarks() {}

  static List<Remark> of(SysctlSeen seen, String file, String wanted) {
    List<Remark> remarks = new ArrayList<>();
    shadow(seen, file, wanted).ifPresent(remarks::add);
    SysctlKey key = seen.kept().files().key();
    if (seen.kept().others() > 0) {
      remarks.add(
          Remark.risk(
              seen.kept().others()
                  + " memory cgroups have a memory.swappiness of their own that is not "
                  + wanted
                  + ": what runs in them keeps it until it is started anew"));
    }
    if (key.isOfNamespace() && seen.around().evidence().isContainer()) {
      remarks.add(
          Remark.note(
              key.name()
                  + " is this container's own"
                  + seen.around().evidence().named()
                  + ", unless it shares that namespace with its host"));
    }
    return remarks;
  }

  private static Optional<Remark> shadow(SysctlSeen seen, String file, String wanted) {
    SysctlFiles after = seen.kept().files().with(seen.kept().file(), wanted);
    if (!after.isRead(seen.kept().file())) {
      return Optional.of(
          Remark.shadowed(
              "no boot of this host reads "
                  + file
                  + ": systemd reads files *.conf in /etc/sysctl.d and its like, and /etc/sysctl.conf only by a link in there"));
    }
    return seen.boot(after)
        .filter(boot -> !after.isSame(boot.who(), seen.kept().file()))
        .filter(boot -> !SysctlValue.equal(boot.value(), wanted))
        .map(
            boot ->
                Remark.shadowed(
                    "at boot "
                        + boot.who()
                        + " sets "
                        + after.key().name()
                        + " to "
                        + boot.value()
                        + ", after "
                        + file));
  }
}
