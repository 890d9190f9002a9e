package dev.belay.modules;

import dev.belay.remote.SimulatedHost;
import java.io.IOException;

/**
 * A real archive of tiny packages in a folder of a simulated host. The host knows no other: its own
 * lists are taken away, so that no test needs the network.
 */
final class DebArchive {
  private final SimulatedHost host;
  private final String folder;

  private DebArchive(SimulatedHost host, String folder) {
    this.host = host;
    this.folder = folder;
  }

  /** An empty one; the host trusts it although it is not signed. */
  static DebArchive on(SimulatedHost host, String folder) throws IOException, InterruptedException {
    host.run(
        "rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*_* /etc/apt/apt.conf.d/*; mkdir -p "
            + folder);
    host.write("/etc/apt/sources.list.d/test.list", "deb [trusted=yes] copy:" + folder + " ./\n");
    DebArchive archive = new DebArchive(host, folder);
    archive.index();
    return archive;
  }

  /** Adds a package; {@code fields} are further lines of its control file. */
  DebArchive with(String name, String version, String fields)
      throws IOException, InterruptedException {
    host.run(
        """
        d=$(mktemp -d) && mkdir "$d/DEBIAN" && printf 'Package: %1$s\\nVersion: %2$s\\nArchitecture: all\\nMaintainer: a <a@b.c>\\nDescription: tiny\\n%3$s' > "$d/DEBIAN/control" &&
        mkdir -p "$d/etc" && echo %2$s > "$d/etc/%1$s.conf" && echo /etc/%1$s.conf > "$d/DEBIAN/conffiles" &&
        dpkg-deb -b --root-owner-group "$d" "%4$s/%1$s_$(echo %2$s | sed 's/^[0-9]*://')_all.deb" && rm -r "$d"
        """
            .formatted(name, version, fields, folder));
    index();
    return this;
  }

  /** Writes the index of what is there. */
  void index() throws IOException, InterruptedException {
    host.run(
        "cd "
            + folder
            + " && for f in ./*.deb; do [ -e \"$f\" ] || continue; dpkg-deb -f \"$f\"; echo \"Filename: $f\"; echo \"Size: $(stat -c %s $f)\"; echo \"SHA256: $(sha256sum < $f | cut -d' ' -f1)\"; echo; done > Packages.new; mv Packages.new Packages");
  }
}
