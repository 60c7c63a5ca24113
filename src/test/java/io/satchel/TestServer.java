package io.satchel;

import io.satchel.platform.devdatabase.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one PostgreSQL server of the tests: an embedded one, or that of {@code -Dtest.database.url},
 * whose user may create databases. Each service under test has its own empty database.
 */
public final class TestServer {

  private static final String URL = System.getProperty("test.database.url");

  /** Distinguishes the databases of several test runs on one server. */
  private static final String PREFIX =
      "test%s_".formatted(Long.toString(System.nanoTime(), 36).replace("-", ""));

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestServer() {}

  /** The embedded server ends with the JVM. */
  private static final class Holder {

    private static final String URL =
        isEmbedded()
            ? EmbeddedPostgresServer.urlOf(EmbeddedPostgresServer.start())
            : TestServer.URL;

    private static final List<Node> NODES = nodes();
  }

  /** A node of Citus, of which the first is the coordinator. */
  private record Node(String host, int port) {

    String url(String database) {
      return urlOf(database).replaceFirst("//[^/]+/", "//%s:%d/".formatted(host, port));
    }

    void execute(String database, String sql) {
      TestServer.execute(url(database), sql.formatted(host, port));
    }
  }

  /** Returns whether the tests may stop the server, and know its version. */
  public static boolean isEmbedded() {
    return URL == null;
  }

  /** Skips a test that stops or inspects its own server, if another one is to be tested. */
  public static void requireEmbedded() {
    ExternalPrograms.skipUnless(isEmbedded(), "it needs a server that it can stop or inspect");
  }

  /** Skips a test that a distributed server cannot pass, for the given reason. */
  public static void skipOnCitus(String reason) {
    ExternalPrograms.skipUnless(!isCitus(), reason);
  }

  /** Returns whether the server is a distributed one. */
  public static boolean isCitus() {
    return !Holder.NODES.isEmpty();
  }

  /** Creates an empty database, and returns its JDBC URL with the user. */
  public static String newDatabase() {
    String name = PREFIX + DATABASES.incrementAndGet();
    execute(Holder.URL, "create database " + name);
    if (isCitus()) {
      addToNodes(name);
    }
    return urlOf(name);
  }

  private static void addToNodes(String database) {
    Node coordinator = Holder.NODES.getFirst();
    coordinator.execute(database, "create extension citus");
    coordinator.execute(database, "select citus_set_coordinator_host('%s', %d)");
    for (Node worker : Holder.NODES.subList(1, Holder.NODES.size())) {
      execute(worker.url("postgres"), "create database " + database);
      worker.execute(database, "create extension citus");
      execute(
          urlOf(database),
          "select citus_add_node('%s', %d)".formatted(worker.host(), worker.port()));
    }
  }

  private static String urlOf(String database) {
    return Holder.URL.replaceFirst("(//[^/]+/)[^?]*", "$1" + database);
  }

  private static List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(Holder.URL);
        Statement statement = connection.createStatement()) {
      if (statement.executeQuery("select from pg_extension where extname = 'citus'").next()) {
        ResultSet rows =
            statement.executeQuery("select nodename, nodeport from pg_dist_node order by groupid");
        while (rows.next()) {
          nodes.add(new Node(rows.getString(1), rows.getInt(2)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return nodes;
  }

  private static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
