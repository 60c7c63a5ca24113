package io.satchel.platform.pagination;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A row of a list, with the content of the cursor after it.
 *
 * @param key the value that the list is sorted by
 */
@RegisterForReflection // Hibernate instantiates it.
public record Row<T>(T value, String key, long id) {}
