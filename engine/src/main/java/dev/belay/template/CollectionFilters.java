package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small filters of collections outside of Ansible itself, by their whole names. */
final class CollectionFilters {
  private static final Pattern NETWORK = Pattern.compile("([^/%]+)(/[0-9]{1,3})?");
  private static final int LONGEST_PREFIX = 128;

  private CollectionFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.of(
        "community.general.dict",
        CollectionFilters::dict,
        "ansible.utils.ipwrap",
        CollectionFilters::wrapped);
  }

  /** A dictionary of pairs, as Python's {@code dict} makes it. */
  private static Object dict(Call call) {
    ImmutableMap.Builder<Object, Object> map = ImmutableMap.builder();
    for (Object item : call.list()) {
      if (!(Python.used(item) instanceof List<?> pair) || pair.size() != 2) {
        throw new IllegalArgumentException(
            "dict expects pairs, got " + PythonText.repr(Python.used(item)));
      }
      map.put(pair.get(0), pair.get(1));
    }
    return map.buildKeepingLast();
  }

  private static Object wrapped(Call call) {
    return call.value() instanceof List<?> list
        ? list.stream().map(CollectionFilters::wrapped).collect(toImmutableList())
        : wrapped(call.value());
  }

  /** An address of IPv6 in brackets, as URLs have it; what is none as it is. */
  private static Object wrapped(Object value) {
    Matcher parts = NETWORK.matcher(value instanceof String text ? text : "");
    if (!parts.matches() || !isAddress(parts.group(1))) {
      return value;
    }
    String prefix = parts.group(2) == null ? "" : parts.group(2);
    boolean fits = prefix.isEmpty() || Integer.parseInt(prefix.substring(1)) <= LONGEST_PREFIX;
    return fits
        ? "[" + InetAddresses.toAddrString(InetAddresses.forString(parts.group(1))) + "]" + prefix
        : value;
  }

  private static boolean isAddress(String text) {
    return InetAddresses.isInetAddress(text)
        && InetAddresses.forString(text) instanceof Inet6Address;
  }
}
