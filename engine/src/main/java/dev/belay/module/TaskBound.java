package dev.belay.module;

/** Makes a resource only when it is known which task it is for. */
public interface TaskBound {

  /** The resource of that task. */
  Resource<?> in(TaskContext task);
}
