package io.satchel.data;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    ALL.clear();
    request.run();
    return ALL.stream().filter(sql -> !sql.contains("token_families")).toList();
  }
}
