package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** A change of a variable that is a list. */
record ListEdit(String variable, Kind kind, ImmutableList<String> members, String separator) {
  enum Kind {
    PREPEND,
    APPEND,
    REMOVE
  }

  /** A value with the change made, which is the value itself where it has it already. */
  String applied(String value) {
    return String.join(separator, applied(members(value)));
  }

  /** The members of a value. */
  List<String> members(String value) {
    return Splitter.on(separator).omitEmptyStrings().splitToList(value);
  }

  List<String> applied(List<String> before) {
    List<String> list = new ArrayList<>(before);
    boolean inPlace =
        kind == Kind.PREPEND ? startsWith(list) : kind == Kind.APPEND && endsWith(list);
    if (!inPlace) {
      list.removeAll(members);
      list.addAll(
          kind == Kind.PREPEND ? 0 : list.size(), kind == Kind.REMOVE ? List.of() : members);
    }
    return list;
  }

  private boolean startsWith(List<String> list) {
    return list.size() >= members.size() && list.subList(0, members.size()).equals(members);
  }

  private boolean endsWith(List<String> list) {
    return list.size() >= members.size()
        && list.subList(list.size() - members.size(), list.size()).equals(members);
  }
}
