package io.satchel.data;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Keeps the statements that the service makes of its queries. */
@PersistenceUnitExtension
public class Statements implements StatementInspector {

  @Serial private static final long serialVersionUID = 1;

  private static final List<String> ALL = new CopyOnWriteArrayList<>();

  @Override
  public String inspect(String sql) {
    ALL.add(sql);
    return sql;
  }

  /** Those of that request; without what is asked of its caller now and then. */
  public static List<String> of(Runnable request) {
    return run(request).filter(sql -> !isOfCaller(sql)).toList();
  }

  /** Those that ask of the caller of that request. */
  public static List<String> ofCaller(Runnable request) {
    return run(request).filter(Statements::isOfCaller).toList();
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
