package io.satchel.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Stops a server that its JVM had no time to stop: a killed JVM runs no shutdown hook, but the
 * kernel closes its end of a pipe.
 */
final class Watchdog {

  /** Reads until the pipe closes, deaf to Ctrl-C, which the terminal sends to the JVM and to it. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      read -r _
      [ -d "$0" ] || exit 0
      if read -r pid < "$0/postmaster.pid"; then
        kill -QUIT "$pid"
        # Not for the process: in a container, there may be nobody to reap it.
        tenths=0
        while [ -e "$0/postmaster.pid" ] && [ $tenths -lt 200 ]; do
          sleep 0.1
          tenths=$((tenths + 1))
        done
      fi
      rm -rf "$0"
      """;

  private Watchdog() {}

  /**
   * From now on, the server whose data is in that folder ends with this JVM, and the folder too.
   */
  static void guard(Path data) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // no shell to guard with: there a killed JVM leaves its server running
    }
    new ProcessBuilder(List.of("sh", "-c", SCRIPT, data.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
