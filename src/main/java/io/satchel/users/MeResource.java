package io.satchel.users;

import static io.satchel.auth.Caller.USER;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.Account;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.Caller;
import io.satchel.auth.login.PasswordVerifier;
import io.satchel.auth.passwords.PasswordHash;
import io.satchel.auth.passwords.PasswordStrength;
import io.satchel.auth.tokens.TokenFamily;
import io.satchel.platform.conditional.ConditionalResponses;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.openapi.OpenApiComponentNames;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@RunOnVirtualThread
@Path("/users/me")
@Produces(MediaType.APPLICATION_JSON)
@RejectInvalidInput
@Tag(name = "users")
class MeResource {

  @Inject Caller caller;
  @Inject PasswordVerifier passwords;
  @Inject OwnedItemsFinder items;
  @Inject ConditionalResponses responses;
  @Inject AuditLog audit;

  @GET
  @RolesAllowed(USER)
  @Operation(
      operationId = "getMe",
      summary = "Get the caller",
      description =
          "Returns the calling user, with the first 100 items. Any user may call it. With"
              + " If-None-Match, the response is 304 if nothing has changed.")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  public RestResponse<String> get() {
    return responses.read(UserView.of(User.findVisible(caller.id(), caller), items));
  }

  @PUT
  @Path("password")
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "changePassword",
      summary = "Change the password",
      description =
          "Replaces the password of the caller. Any user may call it, and must send the current"
              + " password again. All tokens of the user are revoked, including the one of this"
              + " request.")
  @APIResponse(responseCode = "204", description = "The password was changed.")
  @APIResponse(responseCode = "400", ref = OpenApiComponentNames.WRONG_PASSWORD)
  public void changePassword(@Valid PasswordChange change) {
    PasswordHash.requireCapacity();
    boolean isReplaced = replacePassword(change);
    if (!isReplaced) {
      isReplaced = replacePassword(change); // The hash has changed, but the password may not have.
    }
    if (!isReplaced) {
      throw ProblemException.unavailable();
    }
  }

  /** Replaces the password, unless its hash is changed at the same time. */
  private boolean replacePassword(PasswordChange change) {
    User user = QuarkusTransaction.requiringNew().call(() -> User.findVisible(caller.id(), caller));
    if (!passwords.verifyCurrent(
        user.account(), Action.PASSWORD_CHANGE, change.currentPassword())) {
      throw ProblemException.wrongPassword("/current_password");
    }
    Optional<String> weakness =
        PasswordStrength.findWeakness(
            change.newPassword(), user.email, user.username, user.firstName, user.lastName);
    if (weakness.isPresent()) {
      throw ProblemException.invalidInput("/new_password", weakness.get());
    }
    String hash = PasswordHash.of(change.newPassword());
    return QuarkusTransaction.requiringNew().call(() -> replaceHash(user.account(), hash));
  }

  private boolean replaceHash(Account verified, String hash) {
    User user = User.findForUpdate(verified.id(), caller);
    if (!user.passwordHash.equals(verified.passwordHash())) {
      return false;
    }
    user.passwordHash = hash;
    user.save();
    TokenFamily.revokeAllOf(user.id);
    audit.record(Action.PASSWORD_CHANGE, Outcome.SUCCESS, user.id, user.id);
    return true;
  }
}
