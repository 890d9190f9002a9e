package dev.belay.modules;

import dev.belay.module.Content;
import dev.belay.module.ControlFile;
import dev.belay.module.TemplateSyntax;

/** A file of the control side that is nowhere but in a test: every name leads to the same text. */
record TextHere(String name, String text) implements ControlFile {

  @Override
  public Found find(Links links) {
    return template();
  }

  @Override
  public Found.File template() {
    return new Found.File("/control/" + name, Content.of(text), "0640");
  }

  @Override
  public String render(TemplateSyntax syntax, String dest) {
    return text;
  }
}
