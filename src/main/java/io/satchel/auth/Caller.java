package io.satchel.auth;

import io.quarkus.security.identity.SecurityIdentity;
import io.satchel.http.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who is calling, and may they? The one place that answers this. Of an operation that
 * <em>anyone</em> may call, the method has {@code @PermitAll}; that a <em>user</em> may,
 * {@code @RolesAllowed(USER)}; that an <em>admin</em> may, {@code @RolesAllowed(ADMIN)}. What is
 * for one user, and for admins, is asked of this.
 */
@RequestScoped
public class Caller {

  /** The role of all who have a valid token. */
  public static final String USER = "user";

  /** The role of those who may do everything. */
  public static final String ADMIN = "admin";

  @Inject SecurityIdentity identity;

  /** The roles of a user, who may be an admin. */
  static Set<String> roles(boolean isAdmin) {
    return isAdmin ? Set.of(USER, ADMIN) : Set.of(USER);
  }

  /** What is answered to a caller who is gone, but was still here a moment ago. */
  public static Problem ended() {
    return Problem.unauthorized(Problem.INVALID_TOKEN);
  }

  /** The id of the user who calls. */
  public long id() {
    return Long.parseLong(identity.getPrincipal().getName());
  }

  public boolean isAdmin() {
    return identity.hasRole(ADMIN);
  }

  /** Whether it is that user who calls, or an admin: what is somebody's own is open to both. */
  public boolean isSelf(long userId) {
    return isAdmin() || id() == userId;
  }

  /**
   * Refuses all but that user and admins.
   *
   * @throws Problem the one given, to others
   */
  public void requireSelf(long userId, Supplier<Problem> otherwise) {
    if (!isSelf(userId)) {
      throw otherwise.get();
    }
  }

  /**
   * Refuses all but admins.
   *
   * @throws Problem that it is forbidden, to others
   */
  public void requireAdmin() {
    if (!isAdmin()) {
      throw Problem.forbidden();
    }
  }
}
