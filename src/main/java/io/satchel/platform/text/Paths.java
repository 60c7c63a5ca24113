package io.satchel.platform.text;

/** The paths of URIs. */
public final class Paths {

  private Paths() {}

  /** Returns a path without a slash at its end: both lead to the same resource. */
  public static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
