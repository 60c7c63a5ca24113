package io.satchel.users;

import static io.satchel.auth.Caller.USER;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.Account;
import io.satchel.auth.Audit;
import io.satchel.auth.Audit.Action;
import io.satchel.auth.Audit.Outcome;
import io.satchel.auth.Caller;
import io.satchel.auth.PasswordCheck;
import io.satchel.auth.TokenFamily;
import io.satchel.http.Conditions;
import io.satchel.http.Description;
import io.satchel.http.Problem;
import io.satchel.http.RefuseFaults;
import io.satchel.passwords.Guess;
import io.satchel.passwords.Password;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/users/me")
@Produces(MediaType.APPLICATION_JSON)
@RefuseFaults
@Tag(name = "users")
class MeResource {

  @Inject Caller caller;
  @Inject PasswordCheck passwords;
  @Inject UserViews views;
  @Inject Conditions conditions;
  @Inject Audit audit;

  @GET
  @RolesAllowed(USER)
  @Operation(operationId = "getMe", summary = "Read the user who calls")
  public RestResponse<UserView> get() {
    return conditions.answer(views.of(User.withId(caller.id(), caller)));
  }

  @PUT
  @Path("password")
  @Produces(MediaType.WILDCARD) // as there is nothing to negotiate
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "changePassword",
      summary = "Change one's password, which ends all of one's tokens")
  @APIResponse(responseCode = "204", description = "The password was changed.")
  @APIResponse(responseCode = "400", ref = Description.WRONG_PASSWORD)
  public void changePassword(@Valid PasswordChange change) {
    Password.requireRoom();
    boolean isReplaced = replacePassword(change);
    if (!isReplaced) {
      isReplaced = replacePassword(change); // if the password is still that one
    }
    if (!isReplaced) {
      throw Problem.unavailable();
    }
  }

  /** Replaces the password, unless it, or its hash, was replaced by somebody else meanwhile. */
  private boolean replacePassword(PasswordChange change) {
    User user = QuarkusTransaction.requiringNew().call(() -> User.withId(caller.id(), caller));
    if (!passwords.confirms(user.account(), Action.PASSWORD_CHANGE, change.currentPassword())) {
      throw Problem.wrongPassword("/current_password");
    }
    Optional<String> weakness =
        Guess.weaknessOf(
            change.newPassword(), user.email, user.username, user.firstName, user.lastName);
    if (weakness.isPresent()) {
      throw Problem.invalidInput("/new_password", weakness.get());
    }
    String hash = Password.hash(change.newPassword());
    return QuarkusTransaction.requiringNew().call(() -> replaceHash(user.account(), hash));
  }

  private boolean replaceHash(Account checked, String hash) {
    User user = User.toChange(checked.id(), caller);
    if (!user.passwordHash.equals(checked.passwordHash())) {
      return false;
    }
    user.passwordHash = hash;
    user.save();
    TokenFamily.endAllOf(user.id);
    audit.note(Action.PASSWORD_CHANGE, Outcome.SUCCESS, user.id, user.id);
    return true;
  }
}
