package io.satchel.platform.input;

import java.time.DateTimeException;
import java.util.function.Function;

/**
 * The format of a path or query parameter. Each bean of this type adds a type to those that {@link
 * ParameterConverters} supports.
 *
 * @param parser throws {@link IllegalArgumentException} or {@link DateTimeException}
 * @param placeholder the value of a parameter that cannot be parsed
 * @param error the message for a parameter that cannot be parsed
 */
public record ParameterParser(
    Class<?> type, Function<String, ?> parser, Object placeholder, String error) {}
