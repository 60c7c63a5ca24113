package io.satchel.auth.tokens;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The current status of the user of a session. */
@RegisterForReflection // Hibernate instantiates it for the rows of a query.
record SessionStatus(long userId, boolean isActive, boolean isAdmin, boolean isVerified) {}
