package dev.belay.playbook;

import com.google.common.collect.ImmutableMap;

/** What a role defines. Its own win over those of the roles that it depends on. */
record RoleVars(ImmutableMap<String, Object> vars, ImmutableMap<String, Object> defaults) {

  /** These over others. */
  RoleVars over(RoleVars others) {
    return new RoleVars(over(others.vars, vars), over(others.defaults, defaults));
  }

  private static ImmutableMap<String, Object> over(
      ImmutableMap<String, Object> others, ImmutableMap<String, Object> own) {
    return ImmutableMap.<String, Object>builder().putAll(others).putAll(own).buildKeepingLast();
  }
}
