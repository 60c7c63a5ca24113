package io.satchel.platform.devdatabase;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A real PostgreSQL server that stops when this JVM ends, even if the JVM is killed. It listens on
 * the loopback interface and keeps its data in a temporary folder.
 */
public class EmbeddedPostgresServer implements Supplier<String> {

  private static final Logger LOG = Logger.getLogger(EmbeddedPostgresServer.class);

  /** A system property, because each live reload has a new class loader. */
  private static final String URL_PROPERTY = "embedded-database.url";

  /** Returns the JDBC URL of this JVM's server. The first call starts it. */
  @Override
  public String get() {
    if (System.getProperty(URL_PROPERTY) == null) {
      System.setProperty(URL_PROPERTY, urlOf(start()));
    }
    return System.getProperty(URL_PROPERTY);
  }

  /** Starts a new server with one empty database, {@code postgres}. */
  public static EmbeddedPostgres start() {
    try {
      Path data = Files.createTempDirectory("satchel-postgresql-");
      Watchdog.guard(data);
      EmbeddedPostgres server = configure(data).start();
      LOG.infof(
          "Embedded PostgreSQL: psql postgresql://postgres@localhost:%d/postgres",
          server.getPort());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL does not start", e);
    }
  }

  /** Returns the configuration of a server with the given data folder. */
  static EmbeddedPostgres.Builder configure(Path data) {
    // Not the shared temporary folder: another user may have unpacked the binaries there.
    Path binaries = Path.of("target", "embedded-postgresql").toAbsolutePath();
    System.setProperty("ot.epg.working-dir", binaries.toString());
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setPGStartupWait(Duration.ofSeconds(100))
        .setServerConfig("unix_socket_directories", "''")
        // Several services under test share one server.
        .setServerConfig("max_connections", "300")
        // Unicode rules for upper and lower case, independent of the machine's locale.
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("locale", "C");
  }

  /** Returns the JDBC URL of a server's database, including the user. */
  public static String urlOf(EmbeddedPostgres server) {
    return server.getJdbcUrl("postgres", "postgres");
  }
}
