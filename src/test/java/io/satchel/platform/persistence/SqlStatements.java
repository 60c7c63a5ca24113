package io.satchel.platform.persistence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Records the SQL statements of the service, which it logs at the level DEBUG. */
public final class SqlStatements extends Handler {

  private static final Logger LOG = Logger.getLogger("org.hibernate.SQL");

  private final List<String> all = new CopyOnWriteArrayList<>();

  private SqlStatements() {}

  /** Returns the statements of a request, without the check of the status of the session. */
  public static List<String> of(Runnable request) {
    return run(request).filter(sql -> !isOfCaller(sql)).toList();
  }

  /** Returns the statements that check the status of the session of the caller of a request. */
  public static List<String> ofCaller(Runnable request) {
    return run(request).filter(SqlStatements::isOfCaller).toList();
  }

  private static Stream<String> run(Runnable request) {
    SqlStatements statements = new SqlStatements();
    LOG.setUseParentHandlers(false);
    LOG.setLevel(Level.FINE);
    LOG.addHandler(statements);
    try {
      request.run();
    } finally {
      LOG.removeHandler(statements);
      LOG.setLevel(null);
      LOG.setUseParentHandlers(true);
    }
    return statements.all.stream();
  }

  private static boolean isOfCaller(String sql) {
    return sql.contains("sessions");
  }

  @Override
  public void publish(LogRecord statement) {
    all.add(statement.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
