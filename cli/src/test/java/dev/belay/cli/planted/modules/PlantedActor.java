package dev.belay.cli.planted.modules;

import java.io.File;

/** A module that acts. */
public final class PlantedActor {
  public boolean act() {
    return new File("/tmp/never").delete();
  }
}
