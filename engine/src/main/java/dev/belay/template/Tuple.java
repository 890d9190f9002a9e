package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.util.AbstractList;

/** Python's tuple: a list to all but those who look at how it is written. */
final class Tuple extends AbstractList<Object> {
  private final ImmutableList<Object> members;

  Tuple(ImmutableList<Object> members) {
    this.members = members;
  }

  static Tuple of(Object... members) {
    return new Tuple(ImmutableList.copyOf(members));
  }

  @Override
  public Object get(int index) {
    return members.get(index);
  }

  @Override
  public int size() {
    return members.size();
  }
}
