package dev.belay.playbook;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.belay.module.ModuleSpec;
import java.util.Optional;
import java.util.stream.Stream;

/** The modules that playbooks may use, by their short and full names. */
public final class ModuleCatalog {
  /** These hold each other's modules under either name. */
  private static final ImmutableSet<String> BUILTIN =
      ImmutableSet.of("ansible.builtin", "ansible.legacy", "belay.builtin");

  private final ImmutableMap<String, ModuleSpec> byName;

  public ModuleCatalog(ImmutableList<ModuleSpec> modules) {
    byName =
        Stream.concat(modules.stream(), EngineModules.all().stream())
            .collect(ImmutableMap.toImmutableMap(ModuleSpec::name, m -> m));
  }

  /** The module that a playbook calls so: {@code copy}, {@code ansible.builtin.copy}. */
  public Optional<ModuleSpec> find(String word) {
    ImmutableList<String> parts = ImmutableList.copyOf(Splitter.on('.').split(word));
    String name = Iterables.getLast(parts);
    if (parts.size() == 1) {
      return Optional.ofNullable(byName.get(name));
    }
    String collection = word.substring(0, word.length() - name.length() - 1);
    return Optional.ofNullable(byName.get(name)).filter(module -> isIn(module, collection));
  }

  private static boolean isIn(ModuleSpec module, String collection) {
    return module.collection().equals(collection)
        || BUILTIN.contains(module.collection()) && BUILTIN.contains(collection);
  }

  /** All short names. */
  public ImmutableSet<String> names() {
    return byName.keySet();
  }

  /** All modules, in the order of their list. */
  public ImmutableList<ModuleSpec> modules() {
    return byName.values().asList();
  }
}
