package dev.belay.remote;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;

/** Answers a host's question for the password, once; a second question is a wrong password. */
final class JschPassword implements UserInfo, UIKeyboardInteractive {
  private final Secret password;
  private boolean given;

  JschPassword(Secret password) {
    this.password = password;
  }

  @Override
  public String getPassphrase() {
    return null;
  }

  @Override
  public String getPassword() {
    return password.reveal();
  }

  @Override
  public boolean promptPassword(String message) {
    boolean first = !given;
    given = true;
    return first;
  }

  @Override
  public boolean promptPassphrase(String message) {
    return false;
  }

  @Override
  public boolean promptYesNo(String message) {
    return false;
  }

  @Override
  public void showMessage(String message) {}

  @Override
  public String[] promptKeyboardInteractive(
      String destination, String name, String instruction, String[] prompts, boolean[] echo) {
    boolean oneSecret = prompts.length == 1 && !echo[0] && !given;
    given = true;
    return oneSecret ? new String[] {password.reveal()} : null;
  }
}
