package dev.belay.remote;

/**
 * A password or passphrase: never printed, whoever tries. Call {@link #reveal} where it is handed
 * over, nowhere else.
 */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
