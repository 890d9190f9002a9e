package dev.belay.run;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import dev.belay.module.ControlPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A place of the control side as one task names it for one host. */
record PlaceHere(String name, String host, Path folder) implements ControlPlace {

  @Override
  public Local at(String path) {
    return new Here(folder.resolve(path).normalize());
  }

  private record Here(Path file) implements Local {
    @Override
    public String path() {
      return file.toString();
    }

    @Override
    public boolean isFolder() {
      return Files.isDirectory(file);
    }

    // Names of results, and a comparison of two files of ours: they guard against nothing.
    @Override
    @SuppressWarnings("deprecation")
    public Optional<String> sha1() {
      return hash(Hashing.sha1());
    }

    @Override
    @SuppressWarnings("deprecation")
    public Optional<String> md5() {
      return hash(Hashing.md5());
    }

    /** What cannot be read is as good as absent: it is to be replaced. */
    private Optional<String> hash(HashFunction algorithm) {
      try {
        return Files.isRegularFile(file)
            ? Optional.of(MoreFiles.asByteSource(file).hash(algorithm).toString())
            : Optional.empty();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }
}
