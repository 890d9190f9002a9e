/**
 * The argument specifications of roles: what their variables must be. Pure; the messages are
 * Ansible's, for playbooks look at them.
 */
package dev.belay.argspec;
