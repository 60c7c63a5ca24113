package io.satchel.platform.devdatabase;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Stops a server whose JVM was killed and could not stop it. A killed JVM runs no shutdown hook,
 * but the kernel closes its end of a pipe.
 */
final class Watchdog {

  /** Waits until the pipe closes. It ignores Ctrl-C, which a terminal sends to both processes. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      read -r _
      [ -d "$0" ] || exit 0
      if read -r pid < "$0/postmaster.pid"; then
        kill -QUIT "$pid"
        # Wait for the file, not for the process: in a container, nothing may reap the process.
        tenths=0
        while [ -e "$0/postmaster.pid" ] && [ $tenths -lt 200 ]; do
          sleep 0.1
          tenths=$((tenths + 1))
        done
      fi
      rm -rf "$0"
      """;

  private Watchdog() {}

  /** Stops the server with the given data folder, and removes the folder, when this JVM ends. */
  static void guard(Path data) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // Without a POSIX shell, the server of a killed JVM keeps running.
    }
    new ProcessBuilder(List.of("sh", "-c", SCRIPT, data.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
