package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.value.None;
import java.util.Map;
import java.util.Optional;

/**
 * What a filter, test or function is given.
 *
 * @param subject what stands before the {@code |} or {@code is}; may be undefined
 * @param in what the call may ask for further variables
 */
record Call(
    Object subject,
    ImmutableList<Object> positional,
    ImmutableMap<String, Object> named,
    Evaluation in,
    Position at) {

  /** The subject of a function: there is none. */
  static final Object NOTHING = None.NONE;

  /** The subject, which must be defined. */
  Object value() {
    return Python.used(subject);
  }

  /** The subject as text. */
  String text() {
    return PythonText.str(value());
  }

  /** The subject, which must be a text. */
  String string() {
    if (value() instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("expected a string, not " + Python.type(subject));
  }

  /** The members of the subject. */
  ImmutableList<Object> list() {
    return Python.iterate(value());
  }

  Map<?, ?> map() {
    if (value() instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("needs a dictionary, not " + Python.type(subject));
  }

  /** An argument by place or name, undefined or not. */
  Optional<Object> raw(int place, String name) {
    return place < positional.size()
        ? Optional.of(positional.get(place))
        : Optional.ofNullable(named.get(name));
  }

  /** An argument by place or name. */
  Optional<Object> find(int place, String name) {
    return raw(place, name).map(Python::used);
  }

  Object need(int place, String name) {
    return find(place, name)
        .orElseThrow(() -> new IllegalArgumentException("needs the argument '" + name + "'"));
  }

  String text(int place, String name, String byDefault) {
    return find(place, name)
        .filter(value -> value != None.NONE)
        .map(PythonText::str)
        .orElse(byDefault);
  }

  String text(int place, String name) {
    return PythonText.str(need(place, name));
  }

  long number(int place, String name, long byDefault) {
    return find(place, name).map(Call::whole).orElse(byDefault);
  }

  private static long whole(Object value) {
    java.math.BigInteger number = Python.integer(value, "this");
    if (number.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException(
          "this number is too large: " + number.bitLength() + " bits");
    }
    return number.longValue();
  }

  boolean flag(int place, String name, boolean byDefault) {
    return find(place, name).map(Python::truth).orElse(byDefault);
  }

  ImmutableList<Object> list(int place, String name) {
    return Python.iterate(need(place, name));
  }

  /** The arguments behind the first ones, as those of another call. */
  Call forward(Object other, int skip) {
    return new Call(
        other,
        positional.subList(Math.min(skip, positional.size()), positional.size()),
        named,
        in,
        at);
  }

  /** With more named arguments. */
  Call and(ImmutableMap<String, Object> more) {
    return more.isEmpty()
        ? this
        : new Call(
            subject,
            positional,
            ImmutableMap.<String, Object>builder().putAll(named).putAll(more).buildKeepingLast(),
            in,
            at);
  }

  /** Counts what an operation does in its own loops. */
  void spend(long steps) {
    in.spend(at, steps);
  }

  /** A call about another subject, without arguments but these. */
  Call about(Object other, ImmutableMap<String, Object> names) {
    return new Call(other, ImmutableList.of(), names, in, at);
  }

  /** The same call about another subject. */
  Call about(Object other) {
    return new Call(other, positional, named, in, at);
  }
}
