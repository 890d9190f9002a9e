package dev.belay.run;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  private static Sh script(Step step, Connection connection, Become become)
      throws UnreachableException, BecomeException {
    if (step instanceof Step.Run run) {
      return run.script();
    }
    Step.Put put = (Step.Put) step;
    return put(put, source(put.content(), connection, become));
  }

  private static Sh source(Content content, Connection connection, Become become)
      throws UnreachableException, BecomeException {
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
   * power failure.
   */
  private static Sh put(Step.Put put, Sh source) {
    List<Sh> attributes = attributes(put.attributes());
    return Sh.of(
        """
        p={}; d=${p%/*}; t=$(mktemp "$d/.belay.XXXXXXXX") || exit 1
        if { if [ -f "$p" ] && [ ! -L "$p" ]; then cp -p -- "$p" "$t"; else chmod 0644 -- "$t"; fi
          } && {} > "$t" && {} && sync -- "$t" && mv -fT -- "$t" "$p" && sync -- "${d:-/}"
        then :; else s=$?; rm -f -- "$t"; exit "$s"; fi""",
        put.path(), source, attributes.isEmpty() ? Sh.of(":") : Sh.all(attributes));
  }

  private static List<Sh> attributes(Attributes wanted) {
    List<Sh> commands = new ArrayList<>();
    wanted.owner().ifPresent(owner -> commands.add(Sh.of("chown -- {} \"$t\"", owner)));
    wanted.group().ifPresent(group -> commands.add(Sh.of("chgrp -- {} \"$t\"", group)));
    wanted.mode().ifPresent(mode -> commands.add(Sh.of("chmod -- {} \"$t\"", mode)));
    return commands;
  }
}
