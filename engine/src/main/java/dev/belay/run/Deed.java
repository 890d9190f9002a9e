package dev.belay.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.Step;
import dev.belay.remote.Become;
import dev.belay.remote.BecomeException;
import dev.belay.remote.Connection;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Sh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one script of the steps of a plan. */
final class Deed {
  /** In bytes. What is larger goes by a channel of its own, so that it is never held in memory. */
  private static final long INLINE_LIMIT = 64 * 1024;

  private static final Sh RENAME = Sh.of("mv -fT -- \"$t\" \"$p\"");
  private static final Sh RENAME_OR_WRITE =
      Sh.of(
          "{ {} 2>/dev/null || { cat -- \"$t\" > \"$p\" && sync -- \"$p\" && rm -f -- \"$t\"; }; }",
          RENAME);

  private Deed() {}

  /**
   * All steps of the changes, in order; the first that fails ends them. Large contents are uploaded
   * here.
   */
  static Sh script(List<Change> changes, Connection connection, Become become)
      throws UnreachableException, BecomeException {
    List<Sh> scripts = new ArrayList<>();
    for (Change change : changes) {
      for (Step step : change.steps()) {
        scripts.add(script(step, connection, become));
      }
    }
    return scripts.size() == 1 ? scripts.get(0) : Sh.all(scripts);
  }

  /** The same for changes of which none sends anything. */
  static Sh ofRuns(List<Change> changes) {
    return Sh.all(
        changes.stream()
            .flatMap(change -> change.steps().stream())
            .map(step -> ((Step.Run) step).script())
            .toList());
  }

  private static Sh script(Step step, Connection connection, Become become)
      throws UnreachableException, BecomeException {
    if (step instanceof Step.Run run) {
      return run.script();
    }
    if (step instanceof Step.Lay lay) {
      Step.Source here = new Step.Source.Here(lay.program());
      return Sh.of(
          "(umask 077; {} > {} && chmod 0700 -- {})",
          source(here, connection, become),
          lay.path(),
          lay.path());
    }
    if (step instanceof Step.Carry carry) {
      return carry(carry, source(new Step.Source.Here(carry.content()), connection, become));
    }
    Step.Put put = (Step.Put) step;
    return put(put, source(put.source(), connection, become));
  }

  private static Sh carry(Step.Carry carry, Sh source) {
    return Sh.of(
        """
        carried=$(umask 077; mktemp -d "${TMPDIR:-/tmp}/belay.XXXXXXXX") || exit 1; trap 'rm -rf -- "$carried"' EXIT; file="$carried"/{}
        {} > "$file" && chmod 0700 -- "$file" || exit 1
        {}""",
        carry.name(),
        source,
        carry.script());
  }

  private static Sh source(Step.Source source, Connection connection, Become become)
      throws UnreachableException, BecomeException {
    if (source instanceof Step.Source.There there) {
      return Sh.of("cat -- {}", there.path());
    }
    Content content = ((Step.Source.Here) source).content();
    return content.size() <= INLINE_LIMIT
        ? inline(content)
        : Sh.of("cat -- {}", connection.upload(become, content));
  }

  private static Sh inline(Content content) {
    byte[] bytes = read(content);
    return text(bytes)
        .map(text -> Sh.of("printf %s {}", text))
        .orElseGet(() -> Sh.of("printf %b {}", octal(bytes)));
  }

  private static byte[] read(Content content) {
    try {
      return content.bytes().read();
    } catch (IOException e) {
      throw new UncheckedIOException(content.name(), e);
    }
  }

  /** The text that the bytes are, where they are one that a command's argument can hold. */
  private static Optional<String> text(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text).filter(t -> t.indexOf('\0') < 0);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String octal(byte[] bytes) {
    StringBuilder escaped = new StringBuilder(bytes.length * 5);
    for (byte b : bytes) {
      escaped.append(String.format("\\0%03o", b & 0xff));
    }
    return escaped.toString();
  }

  /**
   * The file whole or not at all. A file that is there is copied first, so that the new one gets
   * its owner, mode, ACL and context; its folder is synced last, so that the rename outlives a
   * power failure. New bytes are never readable by more than may read them in the end.
   */
  private static Sh put(Step.Put put, Sh source) {
    Sh narrow = put.attributes().mode().isPresent() ? Sh.of("chmod 0600 -- \"$t\"") : Sh.of(":");
    return Sh.of(
        """
        p={}; d=${p%/*}; t=$(mktemp "$d/.belay.XXXXXXXX") || exit 1; [ -f "$p" ] && [ ! -L "$p" ]; f=$?
        if { [ "$f" -ne 0 ] || cp -p -- "$p" "$t"; } && {} && {} > "$t" && { [ "$f" -eq 0 ] || chmod =rw -- "$t"; } &&
          {} && {} && sync -- "$t" && {} && {} && sync -- "${d:-/}"
        then :; else s=$?; rm -f -- "$t"; exit "$s"; fi""",
        put.path(),
        narrow,
        source,
        attributes(put.attributes()),
        validation(put.precautions().validation()),
        put.precautions().backup().map(Deed::backup).orElse(Sh.of(":")),
        put.precautions().inPlace() ? RENAME_OR_WRITE : RENAME);
  }

  /**
   * A process of its own gives the number: two backups in one second must not meet. A FIFO is not
   * read: nobody may ever write to it.
   */
  private static Sh backup(String path) {
    return Sh.of(
        "if [ -f \"$p\" ]; then b={}.$(sh -c 'echo $$').$(date +%Y-%m-%d@%H:%M:%S)~ && cp -p -- \"$p\" \"$b\" && sync -- \"$b\" && printf '%s\\n' \"$b\"; elif [ -e \"$p\" ]; then printf '%s is no regular file, so no backup can be made of it\\n' \"$p\" >&2; false; fi",
        path);
  }

  private static Sh attributes(Attributes wanted) {
    List<Sh> commands = new ArrayList<>();
    wanted.owner().ifPresent(owner -> commands.add(Sh.of("chown -- {} \"$t\"", owner)));
    wanted.group().ifPresent(group -> commands.add(Sh.of("chgrp -- {} \"$t\"", group)));
    wanted.mode().ifPresent(mode -> commands.add(Sh.of("chmod -- {} \"$t\"", mode)));
    return commands.isEmpty() ? Sh.of(":") : Sh.all(commands);
  }

  /** The command on the new file. What it says is told where it fails. */
  private static Sh validation(List<String> words) {
    if (words.isEmpty()) {
      return Sh.of(":");
    }
    List<Sh> command = words.stream().map(Deed::word).toList();
    return Sh.of(
        "{ {} >&2 || { s=$?; echo \"failed to validate: status $s\" >&2; (exit \"$s\"); }; }",
        command);
  }

  /** A word of the command; as in Python {@code %s} is the file and {@code %%} a percent sign. */
  private static Sh word(String word) {
    Sh whole = Sh.of("");
    List<String> parts = Splitter.on("%s").splitToList(word);
    for (int i = 0; i < parts.size(); i++) {
      Sh part = Sh.of("{}", parts.get(i).replace("%%", "%"));
      whole = i == 0 ? part : Sh.of("{}\"$t\"{}", whole, part);
    }
    return whole;
  }
}
