package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts of the system itself: platform, clock, users, services. */
final class SystemFacts {
  private SystemFacts() {}

  static void platform(Facts facts) {
    FactLines said = facts.said();
    facts.put("system", said.one("system"));
    facts.put("nodename", said.one("nodename"));
    facts.put("hostname", said.one("nodename").map(name -> name.replaceFirst("\\..*", "")));
    Optional<String> fqdn = said.one("fqdn").or(() -> said.one("nodename"));
    facts.put("fqdn", fqdn);
    facts.put("domain", fqdn.map(n -> n.contains(".") ? n.substring(n.indexOf('.') + 1) : ""));
    facts.put("kernel", said.one("kernel"));
    facts.put("kernel_version", said.one("kernel_version"));
    facts.put("machine", said.one("machine"));
    Optional<String> arch = said.one("machine").map(m -> m.matches("i[3-6]86") ? "i386" : m);
    facts.put("architecture", arch);
    facts.put("userspace_architecture", arch);
    facts.put("userspace_bits", said.one("machine").map(m -> m.contains("64") ? "64" : "32"));
    facts.put("machine_id", said.one("machine_id"));
  }

  /** The interpreter that a login finds; there need not be one. */
  static void python(Facts facts) {
    Optional<String> version =
        facts.said().one("python_version").map(text -> text.replaceFirst("^Python ", ""));
    if (version.filter(text -> text.matches("[0-9]+[.][0-9]+[.][0-9]+.*")).isEmpty()) {
      return;
    }
    List<Long> numbers =
        Splitter.onPattern("[^0-9]+")
            .splitToStream(version.get())
            .limit(3)
            .map(Long::valueOf)
            .toList();
    facts.put("python_version", version);
    ImmutableMap.Builder<String, Object> python = ImmutableMap.builder();
    python.put("executable", facts.said().one("python").orElse("")).put("type", "cpython");
    python.put(
        "version",
        ImmutableMap.of("major", numbers.get(0), "minor", numbers.get(1), "micro", numbers.get(2)));
    if (version.get().matches("[0-9.]+")) {
      python.put(
          "version_info",
          ImmutableList.of(numbers.get(0), numbers.get(1), numbers.get(2), "final", 0L));
    }
    facts.put("python", python.buildOrThrow());
  }

  static void dateTime(Facts facts) {
    facts
        .said()
        .one("date")
        .map(l -> Splitter.on('|').splitToList(l))
        .ifPresent(d -> date(facts, d));
  }

  private static void date(Facts facts, List<String> parts) {
    List<String> day = Splitter.on('-').splitToList(parts.get(0));
    List<String> time = Splitter.on(':').splitToList(parts.get(1));
    String utc = facts.said().one("utc").orElse("");
    String compact = parts.get(0).replace("-", "") + "T" + parts.get(1).replace(":", "");
    String micro = parts.get(8).matches("[0-9]{9}") ? parts.get(8).substring(0, 6) : "000000";
    facts.put(
        "date_time",
        ImmutableMap.<String, Object>builder()
            .put("date", parts.get(0))
            .put("year", day.get(0))
            .put("month", day.get(1))
            .put("day", day.get(2))
            .put("time", parts.get(1))
            .put("hour", time.get(0))
            .put("minute", time.get(1))
            .put("second", time.get(2))
            .put("epoch", parts.get(2))
            .put("epoch_int", parts.get(2))
            .put("tz", parts.get(3))
            .put("tz_dst", parts.get(3))
            .put("tz_offset", parts.get(4))
            .put("weekday", parts.get(5))
            .put("weekday_number", parts.get(6))
            .put("weeknumber", parts.get(7))
            .put("iso8601", utc + "Z")
            .put("iso8601_micro", utc + "." + micro + "Z")
            .put("iso8601_basic", compact + micro)
            .put("iso8601_basic_short", compact)
            .buildOrThrow());
  }

  static void user(Facts facts) {
    FactLines said = facts.said();
    said.one("user")
        .map(FactLines::words)
        .filter(parts -> parts.size() == 5)
        .ifPresent(
            parts -> {
              facts.put("user_id", parts.get(0));
              facts.put("user_uid", Long.valueOf(parts.get(1)));
              facts.put("user_gid", Long.valueOf(parts.get(2)));
              facts.put("effective_user_id", Long.valueOf(parts.get(1)));
              facts.put("effective_group_id", Long.valueOf(parts.get(2)));
              facts.put("real_user_id", Long.valueOf(parts.get(3)));
              facts.put("real_group_id", Long.valueOf(parts.get(4)));
            });
    List<String> passwd = Splitter.on(':').splitToList(said.one("passwd").orElse(""));
    boolean known = passwd.size() > 6;
    facts.put("user_dir", known ? Optional.of(passwd.get(5)) : said.one("home"));
    facts.put("user_gecos", Optional.of(passwd).filter(p -> known).map(p -> p.get(4)));
    facts.put("user_shell", Optional.of(passwd).filter(p -> known).map(p -> p.get(6)));
  }

  static void commandLine(Facts facts) {
    Map<String, Object> last = new LinkedHashMap<>();
    Map<String, Object> all = new LinkedHashMap<>();
    for (String word : FactLines.words(facts.said().one("cmdline").orElse(""))) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Object value = equals < 0 ? Boolean.TRUE : word.substring(equals + 1);
      last.put(name, value);
      all.merge(name, value, SystemFacts::both);
    }
    facts.put("cmdline", ImmutableMap.copyOf(last));
    facts.put("proc_cmdline", ImmutableMap.copyOf(all));
  }

  private static Object both(Object before, Object value) {
    ImmutableList.Builder<Object> both = ImmutableList.builder();
    if (before instanceof List<?> list) {
      both.addAll(list);
    } else {
      both.add(before);
    }
    return both.add(value).build();
  }

  static void selinux(Facts facts) {
    List<String> live = FactLines.words(facts.said().one("selinux").orElse(""));
    if (live.size() < 2) {
      facts.put("selinux", ImmutableMap.of("status", "disabled"));
      return;
    }
    Map<String, String> config = facts.said().pairs("selinux_config", '=');
    facts.put(
        "selinux",
        ImmutableMap.of(
            "status", "enabled",
            "mode", live.get(0).equals("1") ? "enforcing" : "permissive",
            "policyvers", Long.valueOf(live.get(1)),
            "type", config.getOrDefault("SELINUXTYPE", "unknown"),
            "config_mode", config.getOrDefault("SELINUX", "unknown")));
  }

  /** The first process says it, but for those that are not the one that manages services. */
  static void serviceManager(Facts facts) {
    FactLines said = facts.said();
    String first = said.one("init").orElse("");
    boolean says = !first.isEmpty() && !first.equals("init") && !first.matches("(.*sh|COMMAND)");
    facts.put(
        "service_mgr", says ? first : said.all("init_by").stream().findFirst().orElse("service"));
  }

  static void sshKeys(Facts facts) {
    for (String line : facts.said().all("ssh_key")) {
      List<String> words = FactLines.words(line);
      if (words.size() >= 2) {
        String name =
            words.get(0).replaceFirst("^(ssh|ecdsa)-?", "").replaceFirst("^sha2-.*", "ecdsa");
        String fact = "ssh_host_key_" + name.replace("dss", "dsa") + "_public";
        facts.put(fact, words.get(1));
        facts.put(fact + "_keytype", words.get(0));
      }
    }
  }

  static void load(Facts facts) {
    List<String> words = FactLines.words(facts.said().one("loadavg").orElse(""));
    if (words.size() > 2) {
      facts.put(
          "loadavg",
          ImmutableMap.of(
              "1m", Double.valueOf(words.get(0)),
              "5m", Double.valueOf(words.get(1)),
              "15m", Double.valueOf(words.get(2))));
    }
  }

  /** Files of a host's own facts: JSON, or INI with sections. */
  static void local(Facts facts) {
    ImmutableMap.Builder<String, Object> local = ImmutableMap.builder();
    facts
        .said()
        .pairs("local", '\003')
        .forEach((file, said) -> local.put(localName(file), fact(file, said)));
    facts
        .said()
        .all("local_absent")
        .forEach(
            file ->
                local.put(
                    localName(file),
                    "Could not stat fact (" + file + "): No such file or directory"));
    facts.put("local", local.buildKeepingLast());
  }

  private static String localName(String file) {
    return file.substring(file.lastIndexOf('/') + 1).replace(".fact", "");
  }

  /** Of what a file's program wrote to standard error, its status, and what is to be read. */
  private static Object fact(String file, String said) {
    List<String> parts = Splitter.on('\002').limit(3).splitToList(said.replace('\001', '\n'));
    if (parts.size() < 3 || !parts.get(1).equals("0")) {
      return "Failure executing fact script (%s), rc: %s, err: %s"
          .formatted(file, parts.size() < 3 ? "?" : parts.get(1), parts.get(0));
    }
    try {
      return Json.read(parts.get(2));
    } catch (IllegalArgumentException e) {
      return ini(parts.get(2))
          .orElse("error loading facts as JSON or ini - please check content: " + file);
    }
  }

  private static Optional<Object> ini(String text) {
    Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
    Map<String, Object> section = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      String plain = line.strip();
      int equals = plain.indexOf('=') < 0 ? plain.indexOf(':') : plain.indexOf('=');
      if (plain.startsWith("[") && plain.endsWith("]")) {
        section = new LinkedHashMap<>();
        sections.put(plain.substring(1, plain.length() - 1), section);
      } else if (equals > 0 && !sections.isEmpty()) {
        section.put(
            plain.substring(0, equals).strip().toLowerCase(java.util.Locale.ROOT),
            plain.substring(equals + 1).strip());
      } else if (!plain.isEmpty() && !plain.startsWith("#") && !plain.startsWith(";")) {
        return Optional.empty();
      }
    }
    return Optional.of(ImmutableMap.copyOf(sections));
  }
}
