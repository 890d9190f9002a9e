package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * The variables that a play has for all its hosts, by their rank; what comes later wins.
 *
 * @param defaults of all its roles
 * @param vars its own, and of those files whose names are plain
 * @param files whose names hang on variables, and all behind them
 * @param roles of all its roles
 * @param early all of them that are known before a host is, for names and connections
 */
record PlayLayers(
    ImmutableMap<String, Object> defaults,
    ImmutableMap<String, Object> vars,
    ImmutableList<VarsFiles.Entry> files,
    ImmutableMap<String, Object> roles,
    ImmutableMap<String, Object> early) {

  /** Only these. */
  static PlayLayers of(ImmutableMap<String, Object> vars) {
    return new PlayLayers(ImmutableMap.of(), vars, ImmutableList.of(), ImmutableMap.of(), vars);
  }

  PlayLayers withoutFiles() {
    return new PlayLayers(defaults, vars, ImmutableList.of(), roles, early);
  }
}
