package io.satchel.platform.devdatabase;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.satchel.ExternalPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class EmbeddedPostgresServerTest {

  /** Starts a server, prints where it is, and waits. */
  static final class Victim {

    private Victim() {}

    public static void main(String[] args) throws InterruptedException {
      System.out.println(EmbeddedPostgresServer.urlOf(EmbeddedPostgresServer.start()));
      Thread.sleep(Duration.ofMinutes(1));
    }
  }

  @Test
  void a_killed_jvm_leaves_no_process_and_no_folder() throws Exception {
    ExternalPrograms.skipUnless(
        !OS.WINDOWS.isCurrentOs(), "the watchdog of the database is a shell script");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String url;
    Path folder;
    List<ProcessHandle> watchdog;
    try {
      url = victim.inputReader().readLine();
      folder = dataFolder(url);
      watchdog = victim.descendants().toList();
    } finally {
      victim.destroyForcibly();
    }
    assertFalse(watchdog.isEmpty());
    for (ProcessHandle process : watchdog) {
      process.onExit().get(100, SECONDS);
    }
    assertFalse(Files.exists(folder));
    assertThrows(SQLException.class, () -> DriverManager.getConnection(url));
  }

  private static Path dataFolder(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show data_directory")) {
      rows.next();
      return Path.of(rows.getString(1));
    }
  }
}
