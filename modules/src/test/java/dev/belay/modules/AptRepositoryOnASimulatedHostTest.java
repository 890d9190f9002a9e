package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.module.Remark;
import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sources and a real {@code apt-get update}, on a host that is thrown away. */
final class AptRepositoryOnASimulatedHostTest {
  private static final String DISTRIBUTION =
      """
      # The distribution's own.
      Types: deb
      URIs: http://deb.debian.org/debian
      Suites: bookworm bookworm-updates
      Components: main
      Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

      Types: deb
      URIs: http://deb.debian.org/debian-security
      Suites: bookworm-security
      Components: main
      """;

  private static final String SOURCES = "/etc/apt/sources.list.d/";

  @TempDir Path folder;
  private static SimulatedHost host;
  private LocalHost run;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    host = SimulatedHost.startOrSkip();
    DebArchive.on(host, "/srv/archive").with("belay-one", "1.0", "");
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
  }

  @BeforeEach
  void clear() throws IOException, InterruptedException {
    run = new LocalHost(folder, host);
    host.run("rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*_*");
    host.write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n");
  }

  @Test
  void a_line_is_added_as_ansible_adds_it_and_packages_can_be_had_from_it() throws Exception {
    Outcome changed =
        run.converges("- apt_repository: {repo: 'deb [trusted=yes] copy:/srv/archive ./'}");
    assertEquals(
        "deb [trusted=yes] copy:/srv/archive ./\n", host.read(SOURCES + "srv_archive.list"));
    assertEquals(true, changed.result().get("cache_updated"));
    assertEquals(Remark.Kind.RISK, changed.remarks().get(0).kind());
    assertTrue(host.run("apt-cache policy belay-one").contains("Candidate: 1.0"));
    run.converges(
        "- apt_repository: {repo: 'deb [trusted=yes] copy:/srv/archive ./', state: absent}");
    assertFalse(host.has(SOURCES + "srv_archive.list"));
  }

  @Test
  void lines_of_one_address_share_a_file() throws Exception {
    for (String suite : new String[] {"bookworm", "bookworm-updates"}) {
      run.converges(
          "- apt_repository: {repo: 'deb https://mirror.example/debian "
              + suite
              + " main', update_cache: false}");
    }
    assertEquals(
        "deb https://mirror.example/debian bookworm main\ndeb https://mirror.example/debian bookworm-updates main\n",
        host.read(SOURCES + "mirror_example_debian.list"));
  }

  @Test
  void where_the_index_cannot_be_fetched_all_files_come_back() throws Exception {
    host.write(SOURCES + "debian.sources", DISTRIBUTION);
    host.run("chmod 0640 " + SOURCES + "debian.sources");
    Outcome failed =
        run.apply(
            "- apt_repository: {uris: 'copy:/nowhere/debian', suites: bookworm, components: main, filename: mirror, replace: distribution, update_cache_retries: 1}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("/nowhere"), failed.message());
    assertEquals(DISTRIBUTION, host.read(SOURCES + "debian.sources"));
    assertEquals("640\n", host.run("stat -c %a " + SOURCES + "debian.sources"));
    assertEquals("debian.sources\n", host.run("ls -A " + SOURCES));
  }

  @Test
  void a_mirror_stands_in_for_the_distribution_in_the_format_of_the_host() throws Exception {
    host.write(SOURCES + "debian.sources", DISTRIBUTION);
    host.write(SOURCES + "other.list", "deb https://other.example/apt stable main\n");
    Outcome changed =
        run.converges(
            """
            - apt_repository:
                uris: [https://mirror.example/debian]
                suites: [bookworm, bookworm-updates]
                components: [main, contrib]
                signed_by: /usr/share/keyrings/debian-archive-keyring.gpg
                filename: mirror
                replace: [distribution]
                update_cache: false
            """);
    assertEquals(
        """
        # Managed by belay.
        Types: deb
        URIs: https://mirror.example/debian
        Suites: bookworm bookworm-updates
        Components: main contrib
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
        """,
        host.read(SOURCES + "mirror.sources"));
    assertEquals(
        "https://mirror.example https://other.example\n",
        host.run(
            "apt-get update --print-uris | grep -o 'https*://[^/]*' | sort -u | paste -sd' '"));
    assertTrue(host.read(SOURCES + "debian.sources").contains("Enabled: no\nTypes: deb\n"));
    assertEquals("no suite of security updates is left", changed.remarks().get(0).text());
  }

  @Test
  void what_another_file_says_already_counts() throws Exception {
    host.write(SOURCES + "debian.sources", DISTRIBUTION);
    assertEquals(
        Status.OK,
        run.apply(
                "- apt_repository: {repo: 'deb http://deb.debian.org/debian/ bookworm-updates main', update_cache: false}")
            .status());
    assertEquals(
        Status.FAILED,
        run.apply(
                "- apt_repository: {repo: 'deb http://deb.debian.org/debian bookworm main', state: absent, update_cache: false}")
            .status());
  }

  @Test
  void a_line_that_is_commented_out_is_put_in_force_again() throws Exception {
    host.write(
        "/etc/apt/sources.list", "# deb http://deb.debian.org/debian bookworm main\n# a word\n");
    run.converges(
        "- apt_repository: {repo: 'deb http://deb.debian.org/debian bookworm main', update_cache: false}");
    assertEquals(
        "deb http://deb.debian.org/debian bookworm main\n# a word\n",
        host.read("/etc/apt/sources.list"));
  }

  @Test
  void a_signed_archive_over_http_is_taken_with_its_key_and_refused_without() throws Exception {
    host.run(
        """
        cd /srv/archive && export GNUPGHOME=/root/keys && mkdir -p -m 0700 $GNUPGHOME &&
        gpg --batch --quiet --passphrase '' --quick-gen-key test@example default default never 2>&1 && mkdir -p /srv/keys && gpg --export > /srv/keys/test.gpg &&
        { echo 'Origin: test'; echo 'Date: '$(date -Ru); echo 'SHA256:'; for f in Packages; do echo " $(sha256sum < $f | cut -d' ' -f1) $(stat -c %s $f) $f"; done; } > Release &&
        gpg --batch --quiet --clearsign -o InRelease Release 2>&1""");
    try (FileServer server = FileServer.of(host.path("/srv/archive"))) {
      String uri = server.address("");
      Outcome refused =
          run.apply(
              "- apt_repository: {uris: '"
                  + uri
                  + "', suites: ./, filename: signed, update_cache_retries: 1}");
      assertEquals(Status.FAILED, refused.status());
      assertFalse(host.has(SOURCES + "signed.list"));
      run.converges(
          "- apt_repository: {uris: '"
              + uri
              + "', suites: ./, filename: signed, signed_by: /srv/keys/test.gpg}");
      new LocalHost(folder, host).converges("- apt: {name: belay-one}");
      host.run("dpkg --purge belay-one");
    } finally {
      host.run("rm -f /srv/archive/*Release");
    }
  }
}
