package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts of interfaces, addresses, the default route and name servers. */
final class NetworkFacts {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d+:\\s+(\\S+)\\s+(inet6?)\\s+(\\S+?)/(\\d+)(.*)");
  private static final Pattern ROUTE = Pattern.compile("(?:^| )dev (\\S+).* src (\\S+)");
  private static final Pattern GATEWAY = Pattern.compile(" via (\\S+)");
  private static final ImmutableMap<String, String> TYPES =
      ImmutableMap.of(
          "1", "ether", "32", "infiniband", "512", "ppp", "772", "loopback", "65534", "tunnel");
  private static final long PROMISCUOUS = 0x100;

  private final Map<String, Map<String, Object>> interfaces = new LinkedHashMap<>();
  private final List<String> all4 = new ArrayList<>();
  private final List<String> all6 = new ArrayList<>();

  private NetworkFacts() {}

  static void add(Facts facts) {
    NetworkFacts network = new NetworkFacts();
    facts.said().files("net").forEach(network::device);
    facts.said().all("addr").forEach(network::address);
    facts.put("interfaces", ImmutableList.copyOf(network.interfaces.keySet()));
    network.interfaces.forEach(
        (name, device) -> facts.put(name.replace('-', '_'), ImmutableMap.copyOf(device)));
    facts.put("all_ipv4_addresses", ImmutableList.copyOf(network.all4));
    facts.put("all_ipv6_addresses", ImmutableList.copyOf(network.all6));
    facts.put("default_ipv4", network.route(facts.said().one("route4"), "ipv4"));
    facts.put("default_ipv6", network.route(facts.said().one("route6"), "ipv6"));
  }

  private Map<String, Object> named(String name) {
    return interfaces.computeIfAbsent(
        name, n -> new LinkedHashMap<>(ImmutableMap.of("device", name)));
  }

  private void device(String name, Map<String, String> files) {
    if (!files.containsKey("flags")) {
      return;
    }
    Map<String, Object> device = named(name);
    device.put("active", !files.getOrDefault("operstate", "up").equals("down"));
    number(files, "mtu").ifPresent(mtu -> device.put("mtu", mtu));
    number(files, "speed").ifPresent(speed -> device.put("speed", speed));
    device.put("promisc", (Long.decode(files.getOrDefault("flags", "0")) & PROMISCUOUS) != 0);
    device.put(
        "type",
        files.getOrDefault("kind", TYPES.getOrDefault(files.getOrDefault("type", ""), "unknown")));
    String mac = files.getOrDefault("address", "");
    if (!mac.isEmpty() && !mac.equals("00:00:00:00:00:00")) {
      device.put("macaddress", mac);
    }
    Optional.ofNullable(files.get("pciid")).ifPresent(id -> device.put("pciid", id));
  }

  private static Optional<Long> number(Map<String, String> files, String name) {
    return Optional.ofNullable(files.get(name))
        .filter(v -> v.matches("-?[0-9]+"))
        .map(Long::valueOf);
  }

  private void address(String line) {
    Matcher address = ADDRESS.matcher(line);
    if (!address.matches()) {
      return;
    }
    String name = address.group(1).replaceFirst("@.*", "");
    if (address.group(2).equals("inet")) {
      four(named(name), address);
      add(all4, name, address.group(3), "127.");
    } else {
      six(named(name), address);
      add(all6, name, address.group(3), "::1");
    }
  }

  private static void add(List<String> all, String name, String address, String loopback) {
    if (!name.equals("lo") && !address.startsWith(loopback)) {
      all.add(address);
    }
  }

  private static void four(Map<String, Object> device, Matcher address) {
    int prefix = Integer.parseInt(address.group(4));
    Matcher broadcast = Pattern.compile(" brd (\\S+)").matcher(address.group(5));
    ImmutableMap<String, Object> fact =
        ImmutableMap.of(
            "address", address.group(3),
            "broadcast", broadcast.find() ? broadcast.group(1) : "",
            "netmask", dotted(mask(prefix)),
            "network", dotted(bits(address.group(3)) & mask(prefix)),
            "prefix", address.group(4));
    if (!device.containsKey("ipv4")) {
      device.put("ipv4", fact);
      return;
    }
    ImmutableList.Builder<Object> more = ImmutableList.builder();
    if (device.get("ipv4_secondaries") instanceof List<?> list) {
      more.addAll(list);
    }
    device.put("ipv4_secondaries", more.add(fact).build());
  }

  private static void six(Map<String, Object> device, Matcher address) {
    Matcher scope = Pattern.compile(" scope (\\S+)").matcher(address.group(5));
    ImmutableList.Builder<Object> all = ImmutableList.builder();
    if (device.get("ipv6") instanceof List<?> list) {
      all.addAll(list);
    }
    device.put(
        "ipv6",
        all.add(
                ImmutableMap.of(
                    "address", address.group(3),
                    "prefix", address.group(4),
                    "scope", scope.find() ? scope.group(1) : ""))
            .build());
  }

  private static long mask(int prefix) {
    return prefix == 0 ? 0 : 0xffffffffL << (32 - prefix) & 0xffffffffL;
  }

  private static long bits(String address) {
    long bits = 0;
    for (String part : address.split("\\.")) {
      bits = bits << 8 | Long.parseLong(part);
    }
    return bits;
  }

  private static String dotted(long bits) {
    return (bits >> 24 & 255)
        + "."
        + (bits >> 16 & 255)
        + "."
        + (bits >> 8 & 255)
        + "."
        + (bits & 255);
  }

  private ImmutableMap<String, Object> route(Optional<String> line, String family) {
    Matcher route = ROUTE.matcher(line.orElse(""));
    if (!route.find()) {
      return ImmutableMap.of();
    }
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put("interface", route.group(1));
    fact.put("address", route.group(2));
    Matcher gateway = GATEWAY.matcher(line.orElse(""));
    if (gateway.find()) {
      fact.put("gateway", gateway.group(1));
    }
    Map<String, Object> device = interfaces.getOrDefault(route.group(1), Map.of());
    for (String key : List.of("macaddress", "mtu", "type")) {
      Optional.ofNullable(device.get(key)).ifPresent(value -> fact.put(key, value));
    }
    if (device.get("ipv4") instanceof Map<?, ?> four && family.equals("ipv4")) {
      fact.put("alias", route.group(1));
      four.forEach((key, value) -> fact.putIfAbsent(key.toString(), value));
    } else if (device.get("ipv6") instanceof List<?> all) {
      all.stream()
          .map(one -> (Map<?, ?>) one)
          .filter(one -> route.group(2).equals(one.get("address")))
          .forEach(one -> one.forEach((key, value) -> fact.putIfAbsent(key.toString(), value)));
    }
    return ImmutableMap.copyOf(fact);
  }

  static void dns(Facts facts) {
    Map<String, Object> dns = new LinkedHashMap<>();
    for (String line : facts.said().all("dns")) {
      List<String> words = FactLines.words(line.replaceFirst("[#;].*", ""));
      if (words.size() > 1) {
        List<String> rest = words.subList(1, words.size());
        switch (words.get(0)) {
          case "nameserver" ->
              dns.merge(
                  "nameservers",
                  ImmutableList.copyOf(rest),
                  (a, b) ->
                      ImmutableList.builder().addAll((List<?>) a).addAll((List<?>) b).build());
          case "domain" -> dns.put("domain", rest.get(0));
          case "search", "sortlist" -> dns.put(words.get(0), ImmutableList.copyOf(rest));
          case "options" -> dns.put("options", options(rest));
          default -> {}
        }
      }
    }
    facts.put("dns", ImmutableMap.copyOf(dns));
  }

  private static ImmutableMap<String, Object> options(List<String> words) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (String word : words) {
      int colon = word.indexOf(':');
      options.put(
          colon < 0 ? word : word.substring(0, colon),
          colon < 0 ? Boolean.TRUE : word.substring(colon + 1));
    }
    return ImmutableMap.copyOf(options);
  }
}
