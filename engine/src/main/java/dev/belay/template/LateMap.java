package dev.belay.template;

import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping whose values are found when they are asked for, and come rendered. So the variables of
 * a whole fleet can be looked at by one expression, and only those are rendered that it uses.
 */
public abstract class LateMap extends AbstractMap<Object, Object> {

  /** The keys, in order. */
  protected abstract Set<String> names();

  /** The value under a key. */
  protected abstract Optional<Object> find(String name);

  @Override
  public final Object get(Object key) {
    return key instanceof String name ? find(name).orElse(null) : null;
  }

  @Override
  public final boolean containsKey(Object key) {
    return key instanceof String name && names().contains(name);
  }

  @Override
  public final Set<Map.Entry<Object, Object>> entrySet() {
    Set<Map.Entry<Object, Object>> entries = new LinkedHashSet<>();
    names().forEach(name -> find(name).ifPresent(v -> entries.add(Map.entry(name, v))));
    return entries;
  }

  @Override
  public final Set<Object> keySet() {
    return new LinkedHashSet<>(names());
  }

  @Override
  public final int size() {
    return names().size();
  }
}
