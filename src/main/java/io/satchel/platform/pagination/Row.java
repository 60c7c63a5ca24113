package io.satchel.platform.pagination;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A row of a list, with the content of the cursor after it.
 *
 * @param key the value that the list is sorted by, or an empty string if that is the id
 */
@RegisterForReflection // Hibernate instantiates it.
public record Row<T>(T value, String key, long id) {}
