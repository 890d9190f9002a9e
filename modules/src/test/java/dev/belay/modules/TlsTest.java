package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.belay.module.Remark;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server must prove who it is, unless the playbook says that it need not. */
final class TlsTest {
  @TempDir Path folder;

  private void keytool(String... words) throws Exception {
    String[] command = new String[words.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(words, 0, command, 1, words.length);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), out);
  }

  private HttpsServer server() throws Exception {
    keytool(
        "-genkeypair",
        "-keystore",
        "k.p12",
        "-storepass",
        "secret",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        "k.p12",
        "-storepass",
        "secret",
        "-alias",
        "a",
        "-file",
        "ca.pem");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("k.p12"))) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            WebServer.send(exchange, 200, "hello".getBytes(UTF_8));
          }
        });
    server.start();
    return server;
  }

  @Test
  void a_stranger_is_not_believed_unless_vouched_for_or_let_in() throws Exception {
    HttpsServer server = server();
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/f";
      LocalHost host = new LocalHost(folder);
      String get = "- get_url: {url: '" + url + "', dest: '{{ dir }}/f'";
      Outcome failed = host.apply(get + ", attempts: 1}");
      assertEquals(Status.FAILED, failed.status());
      assertTrue(failed.message().contains("certificate"), failed.message());
      assertTrue(Files.notExists(folder.resolve("f")));
      failed = host.apply("- uri: {url: '" + url + "'}");
      assertTrue(failed.message().contains("certificate"), failed.message());
      assertEquals(Status.CHANGED, host.apply(get + ", ca_path: '{{ dir }}/ca.pem'}").status());
      Outcome risky = host.apply(get + ", force: true, validate_certs: false}");
      assertEquals(Status.OK, risky.status(), risky.message());
      assertTrue(
          risky.remarks().stream()
              .anyMatch(r -> r.kind() == Remark.Kind.RISK && r.text().contains("need not prove")));
    } finally {
      server.stop(0);
    }
  }
}
