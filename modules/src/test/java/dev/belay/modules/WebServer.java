package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on this machine's loopback, well-mannered or not. */
final class WebServer implements AutoCloseable {

  /** A request as it came. */
  record Request(String method, String path, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().get(0))
          .findFirst()
          .orElse("");
    }
  }

  /** How a path answers. */
  interface Page {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** Sends bytes as it likes; the connection is closed behind it. */
  interface Raw {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ServerSocket> rude = new CopyOnWriteArrayList<>();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();

  WebServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String path = exchange.getRequestURI().toString();
      requests.add(
          new Request(
              exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()), body));
      Page page = pages.get(exchange.getRequestURI().getPath());
      if (page == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        page.answer(exchange);
      }
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  WebServer page(String path, Page page) {
    pages.put(path, page);
    return this;
  }

  WebServer page(String path, String text) {
    return page(path, exchange -> send(exchange, 200, text.getBytes(UTF_8)));
  }

  WebServer page(String path, byte[] bytes) {
    return page(path, exchange -> send(exchange, 200, bytes));
  }

  static void send(HttpExchange exchange, int code, byte[] bytes) throws IOException {
    boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
    }
    exchange.sendResponseHeaders(code, empty ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
  }

  static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  /** The address of another server, which reads a request and then sends what it likes. */
  String rude(Raw raw) throws IOException {
    ServerSocket socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    rude.add(socket);
    threads.execute(() -> serve(socket, raw));
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve(ServerSocket socket, Raw raw) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> serve(client, raw));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket client, Raw raw) {
    try (client) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = client.getInputStream().read();
        if (b < 0) {
          return;
        }
        head.append((char) b);
      }
      raw.answer(client.getOutputStream());
      client.getOutputStream().flush();
    } catch (IOException e) {
      // The client had enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket socket : rude) {
      socket.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
