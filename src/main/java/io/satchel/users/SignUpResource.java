package io.satchel.users;

import io.satchel.platform.conditional.ConditionalResponses;
import io.satchel.platform.http.ClientAddress;
import io.satchel.platform.idempotency.IdempotentRequests;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.openapi.OpenApiComponentNames;
import io.satchel.platform.ratelimit.AttemptLimit;
import io.satchel.platform.ratelimit.AttemptLimiter;
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
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
  @Inject IdempotentRequests idempotentRequests;
  @Inject ConditionalResponses responses;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(
      operationId = "createUser",
      summary = "Sign up",
      description =
          "Creates a user with an e-mail address and a password. Anyone may call it. The e-mail"
              + " address and the username must be unique, ignoring case, and the password must not"
              + " be easy to guess.")
  @APIResponse(responseCode = "400", ref = OpenApiComponentNames.TAKEN)
  @APIResponseSchema(value = UserView.class, responseCode = "201")
  public Response create(@Valid NewUser input) {
    limiter.countOrReject(
        "sign-up from " + client.network(), new AttemptLimit(settings.signUpsFromAddress(), HOUR));
    User user = input.toUser(); // Before the transaction, because hashing takes long.
    return idempotentRequests.execute(
        () -> user.id,
        () -> {
          user.save();
          return responses.created("/users/" + user.id, UserView.of(user));
        });
  }
}
