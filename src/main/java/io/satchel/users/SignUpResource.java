package io.satchel.users;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.EmailType;
import io.satchel.emails.Outbox;
import io.satchel.platform.clients.ClientAddress;
import io.satchel.platform.conditional.ConditionalResponses;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.persistence.AdvisoryLock;
import io.satchel.platform.ratelimit.AttemptLimit;
import io.satchel.platform.ratelimit.AttemptLimiter;
import io.satchel.platform.text.LoginKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@RunOnVirtualThread
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@RejectInvalidInput
@Tag(name = "users")
class SignUpResource {

  private static final Duration HOUR = Duration.ofHours(1);

  /** The limit of sign-ups. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /** Sign-ups from one address per hour. */
    @WithDefault("1000")
    @Min(1)
    int signUpsFromAddress();
  }

  @Inject AttemptLimiter limiter;
  @Inject ClientAddress client;
  @Inject Settings settings;
  @Inject ConditionalResponses responses;
  @Inject EmailSettings emails;
  @Inject EmailAddresses addresses;
  @Inject Outbox outbox;
  @Inject Clock clock;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(
      operationId = "createUser",
      summary = "Sign up",
      description =
          "Creates a user with an e-mail address and a password. Anyone may call it. The e-mail"
              + " address and the username must be unique, ignoring case, and the password must not"
              + " be easy to guess. The user receives an e-mail with a link to verify the address. If"
              + " the service requires that, the response is always 202, also if a user has the address"
              + " already, who then receives an e-mail instead.")
  @APIResponse(responseCode = "400", ref = "taken")
  @APIResponseSchema(value = UserView.class, responseCode = "201")
  @APIResponse(
      responseCode = "202",
      description = "The user must open the link in an e-mail before anything else.")
  public RestResponse<?> create(@Valid NewUser input) {
    limiter.countOrReject(
        "sign-up from " + client.network(), new AttemptLimit(settings.signUpsFromAddress(), HOUR));
    User user = input.toUser(); // Before the transaction, because hashing takes long.
    return QuarkusTransaction.requiringNew()
        .call(() -> emails.requireVerification() ? createUnlessRegistered(user) : create(user));
  }

  private RestResponse<?> create(User user) {
    user.save();
    addresses.sendVerification(user);
    return responses.created("/users/" + user.id, UserView.of(user));
  }

  /**
   * Creates the user, or tells the owner of the address by e-mail. The response does not reveal
   * which. The lock makes concurrent sign-ups with one address take turns, because a violated
   * constraint would reveal that there was no such user before.
   */
  private RestResponse<?> createUnlessRegistered(User user) {
    AdvisoryLock.acquire("sign-up of " + LoginKey.of(user.email));
    user.verifyBy = clock.instant().plus(emails.verificationPeriod());
    Optional<User> owner = User.findLockedByEmail(user.email);
    if (owner.isEmpty()) {
      user.save();
      addresses.sendVerification(user);
      return RestResponse.accepted();
    }
    if (owner.get().verifyBy == null) {
      user.requireFreeUsername(null);
      outbox.add(EmailType.EMAIL_IN_USE, owner.get().id, owner.get().email);
    } else { // Whoever signed up before has not shown that it is theirs.
      user.requireFreeUsername(owner.get().id);
      owner.get().replaceBy(user);
      addresses.sendVerification(owner.get());
    }
    return RestResponse.accepted();
  }
}
