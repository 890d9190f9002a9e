package dev.belay.custom;

import dev.belay.module.ModuleSpec;

/** A program of the user's under the name of a module. */
public sealed interface UserModule {

  /** The collection of such modules: Ansible's name for it. */
  String COLLECTION = "ansible.legacy";

  /** It runs here. */
  record Usable(ModuleSpec spec) implements UserModule {}

  /** It does not, and why. */
  record Refused(String why, String remedy) implements UserModule {}
}
