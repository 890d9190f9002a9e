package dev.belay.cli;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.vault.Vault;
import dev.belay.vault.VaultPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say with which passwords encrypted files and values are opened. */
final class VaultFlags {
  @Option(
      names = "--vault-id",
      paramLabel = "[LABEL@]SOURCE",
      description =
          "A vault password: a file, a program that prints it, or 'prompt'. May be given several times.")
  List<String> ids = new ArrayList<>();

  @Option(
      names = {"--vault-password-file", "--vault-pass-file"},
      paramLabel = "FILE",
      description = "The file of a vault password, or a program that prints it.")
  List<String> files = new ArrayList<>();

  @Option(
      names = {"-J", "--ask-vault-password", "--ask-vault-pass"},
      description = "Ask for the vault password.")
  boolean ask;

  /** What opens encrypted texts, with all passwords that the flags and settings name. */
  Vault vault(World world, Config config) {
    Reading reading = new Reading(world, config.text(ConfigKey.VAULT_IDENTITY).orElse("default"));
    List<String> all = new ArrayList<>(config.vaultIds(ConfigKey.VAULT_IDENTITY_LIST));
    all.addAll(ids);
    all.forEach(reading::id);
    files.forEach(reading::file);
    config.path(ConfigKey.VAULT_PASSWORD_FILE).ifPresent(file -> reading.file(file.toString()));
    if (ask || all.isEmpty() && config.flag(ConfigKey.ASK_VAULT_PASS, false)) {
      reading.ask(reading.label, "Vault password: ");
    }
    return reading.vault();
  }

  /** Goes through the sources; a password may open the file of a later one. */
  private static final class Reading {
    private final World world;
    private final String label;
    private final List<VaultPassword> passwords = new ArrayList<>();

    Reading(World world, String label) {
      this.world = world;
      this.label = label;
    }

    Vault vault() {
      return new Vault(passwords, world.secrets());
    }

    void id(String id) {
      int at = id.indexOf('@');
      String own = at < 1 ? label : id.substring(0, at);
      String source = id.substring(at + 1);
      if (source.equals("prompt") || source.equals("prompt_ask_vault_pass")) {
        ask(own, "Vault password (" + own + "): ");
      } else {
        file(own, source);
      }
    }

    void file(String source) {
      file(label, source);
    }

    void ask(String own, String prompt) {
      String typed =
          new Terminal(world)
              .password(prompt)
              .orElseThrow(
                  () ->
                      new ProblemsException(
                          Position.of("--vault-id"),
                          "nobody can be asked for a vault password here",
                          "use --vault-password-file"));
      add(own, typed.getBytes(StandardCharsets.UTF_8), Position.of("vault password"));
    }

    private void file(String own, String source) {
      Path path = Path.of(world.home(source)).toAbsolutePath();
      Position at = Position.of(source);
      try {
        if (!Files.exists(path)) {
          throw new ProblemsException(at, "there is no such vault password file", "");
        }
        byte[] said = Files.isExecutable(path) ? said(path, own) : Files.readAllBytes(path);
        add(own, Vault.isSealed(said) ? vault().open(said) : said, at);
      } catch (IOException | IllegalArgumentException e) {
        throw new ProblemsException(at, "the vault password cannot be read: " + e.getMessage(), "");
      }
    }

    /** What a program prints; one whose name ends with -client is told the label. */
    private static byte[] said(Path program, String own) throws IOException {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      if (program.getFileName().toString().replaceFirst("\\.[^.]*$", "").endsWith("-client")) {
        command.addAll(List.of("--vault-id", own));
      }
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] said = process.getInputStream().readAllBytes();
      try {
        if (process.waitFor() != 0) {
          throw new IOException(program + " ended with status " + process.exitValue());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      return said;
    }

    private void add(String own, byte[] said, Position at) {
      byte[] password = withoutLineEnds(said);
      if (password.length == 0) {
        throw new ProblemsException(at, "this vault password is empty", "");
      }
      world.secrets().keep(new String(password, StandardCharsets.UTF_8));
      passwords.add(new VaultPassword(own, password));
    }

    private static byte[] withoutLineEnds(byte[] said) {
      int from = 0;
      int to = said.length;
      while (from < to && isLineEnd(said[from])) {
        from++;
      }
      while (to > from && isLineEnd(said[to - 1])) {
        to--;
      }
      return Arrays.copyOfRange(said, from, to);
    }

    private static boolean isLineEnd(byte b) {
      return b == '\n' || b == '\r';
    }
  }
}
