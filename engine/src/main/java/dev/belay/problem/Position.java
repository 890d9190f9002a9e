package dev.belay.problem;

/**
 * A place in a file that a user wrote: where to put the cursor.
 *
 * @param file the path as the user named it
 * @param line counted from 1; 0 where the whole file is meant
 * @param column counted from 1; 0 where the whole line is meant
 */
public record Position(String file, int line, int column) implements Comparable<Position> {

  /** The whole file. */
  public static Position of(String file) {
    return new Position(file, 0, 0);
  }

  @Override
  public int compareTo(Position other) {
    int byFile = file.compareTo(other.file);
    int byLine = Integer.compare(line, other.line);
    return byFile != 0 ? byFile : byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /** As editors and compilers write it: {@code site.yml:12:7}. */
  @Override
  public String toString() {
    return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
