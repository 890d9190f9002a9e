package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import dev.belay.template.Expression;
import java.util.Optional;

/**
 * A task that is done again until its conditions hold.
 *
 * @param conditions all must hold
 * @param retries raw: how often it is tried again; empty for Ansible's default
 * @param delay raw: seconds between two tries; empty for Ansible's default
 */
public record Until(
    ImmutableList<Expression> conditions, Optional<Object> retries, Optional<Object> delay) {}
