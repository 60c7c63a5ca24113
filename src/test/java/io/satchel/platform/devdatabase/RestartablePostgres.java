package io.satchel.platform.devdatabase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.Await;
import io.satchel.TestServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server that fails in different ways, and keeps its data and its port. */
public final class RestartablePostgres implements AutoCloseable {

  private final Path data;
  private EmbeddedPostgres server;

  /** Starts a server with the given data folder, or skips the test if another one is tested. */
  public RestartablePostgres(Path data) throws IOException {
    this(data, 0);
  }

  private RestartablePostgres(Path data, int port) throws IOException {
    TestServer.requireEmbedded();
    this.data = data;
    this.server = start(port);
  }

  /** Returns the JDBC URL, which does not change. */
  public String url() {
    return EmbeddedPostgresServer.urlOf(server);
  }

  /**
   * Restarts the server, and starts a synchronous standby with a copy of the data: a commit is
   * confirmed when both have it.
   */
  public RestartablePostgres startStandby(Path copy) throws IOException, InterruptedException {
    return startStandby(copy, 0);
  }

  /** Starts a standby like {@link #startStandby(Path)}, in place of one that has been closed. */
  public RestartablePostgres replaceStandby(RestartablePostgres closed, Path copy)
      throws IOException, InterruptedException {
    return startStandby(copy, closed.server.getPort());
  }

  private RestartablePostgres startStandby(Path copy, int port)
      throws IOException, InterruptedException {
    server.close();
    Await.until("end of the server", () -> !Files.exists(data.resolve("postmaster.pid")));
    assertEquals(
        0, new ProcessBuilder("cp", "-a", data.toString(), copy.toString()).start().waitFor());
    Files.createFile(copy.resolve("standby.signal"));
    configure(
        copy,
        "primary_conninfo = 'host=localhost port=%d user=postgres'".formatted(server.getPort()));
    configure(data, "synchronous_standby_names = '*'");
    start();
    return new RestartablePostgres(copy, port);
  }

  /** Sets one of the server's settings while it runs. */
  public void set(String setting, String value) throws SQLException {
    execute("alter system set %s = %s".formatted(setting, value));
    execute("select pg_reload_conf()");
  }

  /** Executes a statement. */
  public void execute(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static void configure(Path data, String setting) throws IOException {
    Files.writeString(
        data.resolve("postgresql.auto.conf"), setting + "\n", StandardOpenOption.APPEND);
  }

  /** Kills all processes of the server with SIGKILL. */
  public void kill() throws IOException {
    List<ProcessHandle> processes = processes();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    server.close();
  }

  /** Starts the server again, after {@link #kill}. */
  public void start() throws IOException {
    server = start(server.getPort());
  }

  /** Stops all processes, which keep their connections but do not respond. */
  public void suspend() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets the processes continue, after {@link #suspend}. */
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    for (ProcessHandle process : processes()) {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }
  }

  /** Returns the first process of the server and its children. */
  private List<ProcessHandle> processes() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(first), first.children()).toList();
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgresServer.configure(data)
        .setCleanDataDirectory(false)
        // As usual, unlike the library's default: a commit is in the log before it is confirmed.
        .setServerConfig("synchronous_commit", "on")
        .setPort(port)
        .start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
