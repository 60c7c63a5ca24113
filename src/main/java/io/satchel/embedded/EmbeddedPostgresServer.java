package io.satchel.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A real PostgreSQL that lives no longer than this JVM, however the JVM ends. It listens on the
 * loopback interface and keeps its data in a temporary folder of its own.
 */
public class EmbeddedPostgresServer implements Supplier<String> {

  private static final Logger LOG = Logger.getLogger(EmbeddedPostgresServer.class);

  /** Where all the class loaders of a JVM see it: each live reload comes with a new one. */
  private static final String URL_PROPERTY = "embedded-database.url";

  /** The URL of this JVM's own server, which the first call starts. */
  @Override
  public String get() {
    if (System.getProperty(URL_PROPERTY) == null) {
      System.setProperty(URL_PROPERTY, urlOf(start()));
    }
    return System.getProperty(URL_PROPERTY);
  }

  /** Starts a server that ends with this JVM, empty but for a database, {@code postgres}. */
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

  /** A server with its data in that folder. */
  static EmbeddedPostgres.Builder configure(Path data) {
    // The binaries, not in the shared temporary folder, where another user may have been first.
    Path binaries = Path.of("target", "embedded-postgresql").toAbsolutePath();
    System.setProperty("ot.epg.working-dir", binaries.toString());
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setServerConfig("unix_socket_directories", "''")
        // Unicode's rules for upper and lower case, whatever the locale of this machine.
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("locale", "C");
  }

  /** The JDBC URL of a server's one database, with its user in it. */
  public static String urlOf(EmbeddedPostgres server) {
    return server.getJdbcUrl("postgres", "postgres");
  }
}
