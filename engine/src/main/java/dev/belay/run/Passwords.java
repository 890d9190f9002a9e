package dev.belay.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PasswordHash;
import dev.belay.template.PythonText;
import dev.belay.template.UnknownValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lookup {@code password}: a password that a file of the control side keeps; where there is no
 * such file yet, a new one. Of {@code /dev/null} it is a new one each time.
 *
 * <p>A check makes no file: what would be in it is then unknown.
 */
final class Passwords {
  /** Ansible's. */
  private static final int LENGTH = 20;

  private static final int LENGTH_LIMIT = 10_000;
  private static final String NOWHERE = "/dev/null";
  private static final String SALT = " salt=";
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private static final ImmutableMap<String, String> SETS =
      ImmutableMap.of(
          "ascii_letters",
          LOWER + UPPER,
          "ascii_lowercase",
          LOWER,
          "ascii_uppercase",
          UPPER,
          "digits",
          DIGITS,
          "hexdigits",
          DIGITS + "abcdefABCDEF",
          "octdigits",
          "01234567",
          "punctuation",
          SIGNS,
          "printable",
          DIGITS + LOWER + UPPER + SIGNS);

  /** Whether files may be made. */
  enum Making {
    FILES,
    NOTHING
  }

  private final Path folder;
  private final Making making;

  Passwords(Path folder, Making making) {
    this.folder = folder;
    this.making = making;
  }

  /** One for each term. */
  ImmutableList<Object> find(List<Object> terms, ImmutableMap<String, Object> options) {
    ImmutableList.Builder<Object> found = ImmutableList.builder();
    for (Object term : terms) {
      found.add(find(PythonText.str(term), options));
    }
    return found.build();
  }

  private Object find(String term, ImmutableMap<String, Object> options) {
    Map<String, Object> told = new LinkedHashMap<>(options);
    String path = words(term, told);
    told.keySet().stream()
        .filter(name -> !name.matches("length|chars|encrypt"))
        .findFirst()
        .ifPresent(name -> refuse(name));
    String encrypt = PythonText.str(told.getOrDefault("encrypt", ""));
    // The hosts of a run ask for the same file at once, and all get the same password.
    synchronized (Passwords.class) {
      try {
        return found(folder.resolve(path), told, encrypt);
      } catch (IOException e) {
        throw ValueLookups.wrong("the password file '" + path + "': " + e.getMessage());
      }
    }
  }

  private static void refuse(String name) {
    throw ValueLookups.wrong(
        name.equals("seed") || name.equals("ident")
            ? "the lookup 'password' has no '" + name + "' here"
            : "Unrecognized parameter(s) given to password lookup: " + name);
  }

  /** The words behind the path are options. */
  private static String words(String term, Map<String, Object> told) {
    String[] words = term.strip().split(" +", -1);
    int first = 0;
    while (first < words.length && !words[first].matches("\\w+=.*")) {
      first++;
    }
    for (int i = first; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw ValueLookups.wrong(
            "Unrecognized value after key=value parameters given to password lookup");
      }
      told.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return String.join(" ", List.of(words).subList(0, first));
  }

  private Object found(Path file, Map<String, Object> told, String encrypt) throws IOException {
    boolean nowhere = file.toString().equals(NOWHERE);
    boolean isNew = nowhere || !Files.exists(file);
    String kept = isNew ? fresh(told) : Files.readString(file, UTF_8).stripTrailing();
    int at = kept.lastIndexOf(SALT);
    String password = at < 0 ? kept : kept.substring(0, at);
    if (encrypt.isEmpty()) {
      keep(file, password, isNew && !nowhere);
      return password;
    }
    String salt =
        at < 0 ? PasswordHash.salt(encrypt) : kept.substring(at + SALT.length()).split(" ", -1)[0];
    keep(file, password + SALT + salt, at < 0 && !nowhere);
    return PasswordHash.of(password, encrypt, salt);
  }

  private void keep(Path file, String content, boolean isNews) throws IOException {
    if (!isNews) {
      return;
    } else if (making == Making.NOTHING) {
      throw new UnknownValueException(
          "the password is in no file yet, and a check does not make '" + file + "'");
    }
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(
        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path fresh =
        Files.createTempFile(
            parent,
            ".belay-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, content + "\n", UTF_8);
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static String fresh(Map<String, Object> told) {
    String written = PythonText.str(told.getOrDefault("length", LENGTH));
    if (!written.matches("[1-9]\\d{0,4}") || Integer.parseInt(written) > LENGTH_LIMIT) {
      throw ValueLookups.wrong("the length of a password is from 1 to " + LENGTH_LIMIT);
    }
    String letters = letters(told.getOrDefault("chars", "ascii_letters,digits,.:-_,,"));
    if (letters.isEmpty()) {
      throw ValueLookups.wrong("a password is made of no characters at all");
    }
    StringBuilder password = new StringBuilder();
    RANDOM
        .ints(Integer.parseInt(written), 0, letters.length())
        .forEach(at -> password.append(letters.charAt(at)));
    return password.toString();
  }

  /** Names of sets, or the characters themselves; two commas are one. */
  private static String letters(Object chars) {
    StringBuilder letters = new StringBuilder();
    if (chars instanceof List<?> list) {
      list.forEach(each -> add(PythonText.str(each), letters));
    } else {
      String text = PythonText.str(chars);
      letters.append(text.contains(",,") ? "," : "");
      List.of(text.replace(",,", ",").split(",", -1)).forEach(each -> add(each, letters));
    }
    return letters.toString().replaceAll("[\"']", "");
  }

  private static void add(String word, StringBuilder letters) {
    letters.append(SETS.getOrDefault(word, word));
  }
}
