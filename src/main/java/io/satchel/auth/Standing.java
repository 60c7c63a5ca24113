package io.satchel.auth;

/**
 * How a user stands now.
 *
 * @param userId the user's id
 * @param isActive whether the user may do anything
 * @param isAdmin whether the user may do everything
 */
public record Standing(long userId, boolean isActive, boolean isAdmin) {}
