package io.satchel.auth;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How a user stands now.
 *
 * @param userId the user's id
 * @param isActive whether the user may do anything
 * @param isAdmin whether the user may do everything
 */
@RegisterForReflection // which Hibernate makes of a row
public record Standing(long userId, boolean isActive, boolean isAdmin) {}
