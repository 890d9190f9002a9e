/**
 * The values that playbooks, inventories and hosts deal in: {@link dev.belay.value.None}, Boolean,
 * Long, BigInteger (only where a Long is too small), Double, String, ImmutableList and ImmutableMap
 * of such. A String is data: it is never a template, whatever it looks like; text that is to be
 * templated is a {@code dev.belay.template.Template}.
 */
package dev.belay.value;
