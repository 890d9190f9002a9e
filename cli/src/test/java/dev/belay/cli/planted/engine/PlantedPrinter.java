package dev.belay.cli.planted.engine;

import com.jcraft.jsch.JSch;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Breaks rules, so that they can be shown to notice. */
public final class PlantedPrinter {
  public void print(JSch jsch, LoadSettings settings) {
    System.out.println(jsch + " " + settings);
  }
}
