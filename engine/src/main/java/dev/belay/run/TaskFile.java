package dev.belay.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.ByteSource;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.ControlFile;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.template.EvaluationException;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A file of the control side as one task names it on one host. */
record TaskFile(String name, ControlFiles files, ImmutableList<Path> roles, Scope scope)
    implements ControlFile {
  @Override
  public Found find(Links links) {
    return files.find(name, roles, links);
  }

  @Override
  public ControlFile called(String other) {
    return new TaskFile(other, files, roles, scope);
  }

  @Override
  public Found.File template() {
    Path path = files.template(name, roles);
    try {
      return files.file(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public String render(TemplateSyntax syntax, String dest) {
    Path path = files.template(name, roles);
    TemplateHeader header = TemplateHeader.of(read(path), path, syntax);
    return compiled(header, path)
        .write(new Inside(variables(path, dest), path, header.syntax()), header.syntax().newline());
  }

  private String read(Path path) {
    return text(path, files.bytes(path));
  }

  private static String text(Path path, ByteSource bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.read())).toString();
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new BadArgumentsException(
          ImmutableList.of("the template " + path + " is not in UTF-8"));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static BadArgumentsException unreadable(Path path, IOException e) {
    return new BadArgumentsException(ImmutableList.of(path + " cannot be read: " + e.getMessage()));
  }

  private static Template compiled(TemplateHeader header, Path path) {
    Position start = new Position(path.toString(), header.firstLine(), 1);
    try {
      return Template.file(
          header.text(), SourceMap.plain(Template.lines(header.text()), start), header.syntax());
    } catch (ProblemsException e) {
      Problem first = e.problems().get(0);
      throw new EvaluationException(first.at(), first.what());
    }
  }

  /** A template as the lookup of that name reads it. */
  static Template compiled(Path path, ByteSource bytes, TemplateSyntax syntax) {
    try {
      return compiled(TemplateHeader.of(text(path, bytes), path, syntax), path);
    } catch (BadArgumentsException e) {
      throw new EvaluationException(Position.of(path.toString()), String.valueOf(e.getMessage()));
    }
  }

  private ImmutableMap<String, Object> variables(Path path, String dest) {
    try {
      return ImmutableMap.<String, Object>builder()
          .put("ansible_managed", files.managed())
          .put("template_path", name)
          .put("template_fullpath", path.toString())
          .put("template_destpath", dest)
          .put("template_host", hostName())
          .put("template_uid", Files.getOwner(path).getName())
          .put(
              "template_mtime",
              LocalDateTime.ofInstant(
                  Files.getLastModifiedTime(path).toInstant(), ZoneId.systemDefault()))
          .put("template_run_date", LocalDateTime.now(ZoneId.systemDefault()))
          .buildOrThrow();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** A machine may have a name that nothing resolves. */
  private static String hostName() throws IOException {
    Path kernel = Path.of("/proc/sys/kernel/hostname");
    return Files.isReadable(kernel)
        ? Files.readString(kernel).strip()
        : InetAddress.getLocalHost().getHostName();
  }

  /** What a template sees: the task's variables and those about itself. */
  private final class Inside implements Scope {
    private final ImmutableMap<String, Object> own;
    private final Path path;
    private final TemplateSyntax syntax;

    Inside(ImmutableMap<String, Object> own, Path path, TemplateSyntax syntax) {
      this.own = own;
      this.path = path;
      this.syntax = syntax;
    }

    @Override
    public Optional<Object> find(String variable) {
      return Optional.ofNullable(own.get(variable)).or(() -> scope.find(variable));
    }

    @Override
    public ImmutableList<Object> lookup(
        String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
      return scope.lookup(plugin, terms, options);
    }

    @Override
    public ImmutableList<Object> yaml(String text) {
      return scope.yaml(text);
    }

    @Override
    public ImmutableSet<String> names() {
      return ImmutableSet.<String>builder().addAll(own.keySet()).addAll(scope.names()).build();
    }

    @Override
    public Optional<Template> template(String looked, TemplateSyntax by) {
      return scope.template(looked, by);
    }

    @Override
    public Optional<Template> template(String included) {
      return files
          .included(included, roles, path.toAbsolutePath().getParent())
          .map(other -> compiled(new TemplateHeader(read(other), 1, syntax), other));
    }
  }
}
