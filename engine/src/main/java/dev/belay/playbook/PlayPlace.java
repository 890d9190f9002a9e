package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;

/**
 * What of a play the reading of its parts needs.
 *
 * @param folder the playbook's
 * @param vars the play's own, which names of imports may use
 * @param collections whose roles it calls by their short names
 */
record PlayPlace(
    Path folder, ImmutableMap<String, Object> vars, ImmutableList<String> collections) {}
