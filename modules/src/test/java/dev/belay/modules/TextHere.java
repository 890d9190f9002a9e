package dev.belay.modules;

import dev.belay.module.Content;
import dev.belay.module.ControlFile;
import dev.belay.module.ControlPlace;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.TemplateSyntax;
import dev.belay.module.Type;
import java.nio.file.Path;
import java.util.Optional;

/** A file of the control side that is nowhere but in a test: every name leads to the same text. */
record TextHere(String name, String text) implements ControlFile {

  /** The value, or what a name of the control side leads to in a test. */
  static Object given(ModuleSpec spec, String parameter, Object value) {
    Optional<Type> type = spec.parameter(parameter).map(Parameter::type);
    return type.filter(Type.CONTROL::equals).isPresent()
        ? new TextHere(value.toString(), value.toString())
        : type.filter(Type.PLACE::equals).isPresent() ? new Nowhere(value.toString()) : value;
  }

  /** A place of the control side where there is nothing. */
  private record Nowhere(String name) implements ControlPlace {
    @Override
    public String host() {
      return "h1";
    }

    @Override
    public Local at(String path) {
      return new There(Path.of("/control").resolve(path).normalize().toString());
    }
  }

  private record There(String path) implements ControlPlace.Local {
    @Override
    public boolean isFolder() {
      return false;
    }

    @Override
    public Optional<String> sha1() {
      return Optional.empty();
    }

    @Override
    public Optional<String> md5() {
      return Optional.empty();
    }
  }

  @Override
  public Found find(Links links) {
    return template();
  }

  @Override
  public ControlFile called(String other) {
    return new TextHere(other, text);
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
