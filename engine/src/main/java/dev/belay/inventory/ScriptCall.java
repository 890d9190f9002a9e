package dev.belay.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a user's inventory script on the control side. It gets nothing on its standard input, and
 * both its time and its output have an end.
 */
final class ScriptCall {
  /** A script that asks a slow cloud is through by then. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final int OUTPUT_LIMIT = 64 * 1024 * 1024;

  /** More of what it complains of does not help. */
  private static final int COMPLAINT_LIMIT = 2000;

  /** For output that is on its way when the script has ended. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Path script;
  private final Duration limit;

  ScriptCall(Path script, Duration limit) {
    this.script = script;
    this.limit = limit;
  }

  /**
   * What it says for these arguments.
   *
   * @throws IOException with a sentence, where it cannot be run, fails, or does not end
   */
  String answer(String... arguments) throws IOException {
    Process process = start(ImmutableList.copyOf(arguments));
    CompletableFuture<byte[]> out = read(process.getInputStream(), OUTPUT_LIMIT);
    CompletableFuture<byte[]> err = read(process.getErrorStream(), OUTPUT_LIMIT);
    try {
      await(process);
      if (process.exitValue() != 0) {
        throw new IOException(failure(process.exitValue(), err));
      }
      byte[] answer = out.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(answer)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("what it printed is no text in UTF-8", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw new IOException("it ended, and left something running that holds its output", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("was interrupted", e);
    } finally {
      end(process);
    }
  }

  private Process start(ImmutableList<String> arguments) throws IOException {
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .add(script.toAbsolutePath().toString())
            .addAll(arguments)
            .build();
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
        .start();
  }

  private void await(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("it did not end within " + limit.toSeconds() + " s");
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String failure(int status, CompletableFuture<byte[]> err)
      throws InterruptedException, ExecutionException, TimeoutException {
    String said = new String(err.get(GRACE.toMillis(), TimeUnit.MILLISECONDS), UTF_8).strip();
    String end = said.substring(Math.max(0, said.length() - COMPLAINT_LIMIT));
    return "it ended with status " + status + (end.isEmpty() ? "" : ": " + end);
  }

  private static CompletableFuture<byte[]> read(InputStream stream, int most) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (stream) {
                byte[] bytes = stream.readNBytes(most + 1);
                if (bytes.length > most) {
                  all.completeExceptionally(
                      new IOException("it printed more than " + most + " bytes"));
                } else {
                  all.complete(bytes);
                }
              } catch (IOException e) {
                all.completeExceptionally(e);
              }
            },
            "inventory-script");
    reader.setDaemon(true);
    reader.start();
    return all;
  }
}
