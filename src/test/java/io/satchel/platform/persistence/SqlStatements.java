package io.satchel.platform.persistence;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Records the SQL statements of the service. */
@PersistenceUnitExtension
public class SqlStatements implements StatementInspector {

  @Serial private static final long serialVersionUID = 1;

  private static final List<String> ALL = new CopyOnWriteArrayList<>();

  @Override
  public String inspect(String sql) {
    ALL.add(sql);
    return sql;
  }

  /** Returns the statements of a request, without the check of the account status. */
  public static List<String> of(Runnable request) {
    return run(request).filter(sql -> !isOfCaller(sql)).toList();
  }

  /** Returns the statements that check the account status of the caller of a request. */
  public static List<String> ofCaller(Runnable request) {
    return run(request).filter(SqlStatements::isOfCaller).toList();
  }

  private static Stream<String> run(Runnable request) {
    ALL.clear();
    request.run();
    return ALL.stream();
  }

  private static boolean isOfCaller(String sql) {
    return sql.contains("token_families");
  }
}
