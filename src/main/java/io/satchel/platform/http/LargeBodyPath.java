package io.satchel.platform.http;

/**
 * The path of an operation that accepts a body of up to 4 MiB from an authenticated caller. A
 * feature produces it as a bean.
 */
public record LargeBodyPath(String path) {

  boolean matches(String requestPath) {
    return requestPath.equals(path) || requestPath.equals(path + "/");
  }
}
