package io.satchel.platform.persistence;

import java.time.Duration;

/**
 * A table whose rows expire. Each bean of this type is cleaned up by {@link ExpiredRows}.
 *
 * @param name the name of the table
 * @param expression a column, or an SQL expression, of the type {@code timestamptz}
 * @param retention how long a row is needed after that time
 */
public record ExpiringTable(String name, String expression, Duration retention) {}
