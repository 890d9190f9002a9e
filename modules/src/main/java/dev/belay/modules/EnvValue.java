package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** What a file says of a variable. */
sealed interface EnvValue {

  /** The value as far as the file alone decides it. */
  String text();

  /** The value, whatever was there before. */
  record Assigned(String text) implements EnvValue {}

  /**
   * Members to put before and behind what a login has already. Only a file that is a script can say
   * that.
   */
  record Listed(ImmutableList<String> first, ImmutableList<String> last, String separator)
      implements EnvValue {

    static Listed none(String separator) {
      return new Listed(ImmutableList.of(), ImmutableList.of(), separator);
    }

    Listed with(ListEdit edit) {
      ListEdit remove =
          new ListEdit(edit.variable(), ListEdit.Kind.REMOVE, edit.members(), separator);
      ImmutableList<String> head =
          ImmutableList.copyOf(
              (edit.kind() == ListEdit.Kind.PREPEND ? edit : remove).applied(first));
      ImmutableList<String> tail =
          ImmutableList.copyOf((edit.kind() == ListEdit.Kind.APPEND ? edit : remove).applied(last));
      return new Listed(head, tail, separator);
    }

    boolean isEmpty() {
      return first.isEmpty() && last.isEmpty();
    }

    ImmutableSet<String> members() {
      return ImmutableSet.<String>builder().addAll(first).addAll(last).build();
    }

    @Override
    public String text() {
      return String.join(separator, members());
    }
  }
}
