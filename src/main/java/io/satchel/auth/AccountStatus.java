package io.satchel.auth;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The current status of an account. */
@RegisterForReflection // Hibernate instantiates it for the rows of a query.
public record AccountStatus(long userId, boolean isActive, boolean isAdmin, boolean isVerified) {}
