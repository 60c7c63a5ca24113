package io.satchel.auth;

import io.quarkus.security.identity.SecurityIdentity;
import io.satchel.platform.problems.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The user who sent the current request. Every resource method declares who may call it: anyone
 * ({@code @PermitAll}), users ({@code @RolesAllowed(USER)}) or admins
 * ({@code @RolesAllowed(ADMIN)}). This class decides what is reserved for one user and for admins.
 */
@RequestScoped
public class Caller {

  /** The role of every caller with a valid token, except for {@link #UNVERIFIED} ones. */
  public static final String USER = "user";

  /** The role of admins, who may do everything. */
  public static final String ADMIN = "admin";

  /** The role of a user who must verify the e-mail address before anything else. */
  public static final String UNVERIFIED = "unverified";

  /** The attribute of the identity with the id of the session, a {@code UUID}. */
  public static final String SESSION = "session";

  /** The attribute of the identity with the time of the log-in, an {@code Instant}. */
  public static final String LOGIN_TIME = "login-time";

  /** How old the log-in may be for what cannot be undone. */
  private static final Duration MAX_LOGIN_AGE = Duration.ofMinutes(5);

  @Inject SecurityIdentity identity;
  @Inject Clock clock;

  /** Returns the roles of a user. */
  public static Set<String> roles(boolean isAdmin, boolean mustVerify) {
    if (mustVerify) {
      return Set.of(UNVERIFIED);
    }
    return isAdmin ? Set.of(USER, ADMIN) : Set.of(USER);
  }

  /** Returns the caller's user id. */
  public long id() {
    return Long.parseLong(identity.getPrincipal().getName());
  }

  /** Returns the id of the session that the access token belongs to. */
  public UUID sessionId() {
    return identity.getAttribute(SESSION);
  }

  public boolean isAdmin() {
    return identity.hasRole(ADMIN);
  }

  /** Returns whether the caller must verify the e-mail address before anything else. */
  public boolean mustVerify() {
    return identity.hasRole(UNVERIFIED);
  }

  /** Returns whether the caller is the given user or an admin. */
  public boolean isSelfOrAdmin(long userId) {
    return isAdmin() || id() == userId;
  }

  /**
   * Requires that the caller is the given user or an admin.
   *
   * @throws ProblemException the given one, if not
   */
  public void requireSelfOrAdmin(long userId, Supplier<ProblemException> problem) {
    if (!isSelfOrAdmin(userId)) {
      throw problem.get();
    }
  }

  /**
   * Requires that the caller is an admin.
   *
   * @throws ProblemException 403 if not
   */
  public void requireAdmin() {
    if (!isAdmin()) {
      throw ProblemException.forbidden();
    }
  }

  /**
   * Requires that the caller has logged in recently, so that a stolen access token is not enough
   * (RFC 9470). Refreshing the tokens does not count.
   *
   * @throws ProblemException 401 if not
   */
  public void requireRecentLogin() {
    Instant login = identity.getAttribute(LOGIN_TIME);
    if (login.plus(MAX_LOGIN_AGE).isBefore(clock.instant())) {
      throw ProblemException.recentLoginRequired(MAX_LOGIN_AGE);
    }
  }

  /** Returns the problem of a user who does not exist, or whom the caller may not see. */
  public static ProblemException userNotFound() {
    return ProblemException.notFound("User not found");
  }

  /**
   * Returns the problem of a user who does not exist: 404, or 401 if the caller is that user, whose
   * token is no longer valid.
   */
  public ProblemException userNotFound(long id) {
    return id() == id ? ProblemException.invalidToken() : userNotFound();
  }
}
