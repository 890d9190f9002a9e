package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/** Filters of other collections that roles use, and that are not here: each with what to do. */
public final class Refused {
  private static final String NO_NETADDR =
      "is not here: it computes with networks; write the addresses as variables of the inventory";

  /** By short names, with the reason. */
  public static final ImmutableMap<String, String> FILTERS =
      ImmutableMap.<String, String>builder()
          .put("cidr_merge", NO_NETADDR)
          .put("hwaddr", NO_NETADDR)
          .put("ip4_hex", NO_NETADDR)
          .put("ipmath", NO_NETADDR)
          .put("ipsubnet", NO_NETADDR)
          .put("macaddr", NO_NETADDR)
          .put("next_nth_usable", NO_NETADDR)
          .put("nthhost", NO_NETADDR)
          .put("slaac", NO_NETADDR)
          .put(
              "json_query",
              "is not here: it needs a second language, JMESPath; use selectattr, map and first")
          .put("xml", "is not here: there is no reader of XML")
          .put("from_xml", "is not here: there is no reader of XML")
          .put("parse_cli", "is not here: it reads what network devices say")
          .put("parse_xml", "is not here: it reads what network devices say")
          .buildOrThrow();

  private Refused() {}

  /** The sentence, for one of them. */
  static Optional<String> filter(String name) {
    String plain = name.substring(name.lastIndexOf('.') + 1);
    return Optional.ofNullable(FILTERS.get(plain)).map(why -> "the filter '" + name + "' " + why);
  }
}
