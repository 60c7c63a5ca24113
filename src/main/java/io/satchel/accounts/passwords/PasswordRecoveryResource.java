package io.satchel.accounts.passwords;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.keys.SigningKeys;
import io.satchel.emails.EmailType;
import io.satchel.emails.Outbox;
import io.satchel.platform.clients.ClientAddress;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.ratelimit.AttemptLimit;
import io.satchel.platform.ratelimit.AttemptLimiter;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.validator.constraints.CodePointLength;
import org.jboss.resteasy.reactive.RestResponse;

@RunOnVirtualThread
@Path("/password-recovery")
@RejectInvalidInput
@Tag(name = "passwords")
class PasswordRecoveryResource {

  /** The body of a password recovery. */
  @Schema(additionalProperties = Schema.False.class)
  record PasswordRecovery(
      @Schema(format = "email", minLength = 3, maxLength = 254, examples = "deadpool@example.com")
          @NotNull
          @Email(regexp = User.EMAIL_PATTERN)
          @CodePointLength(min = 3, max = 254)
          String email) {}

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WAIT = Duration.ofMinutes(15);

  /** The limits of password recoveries. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /** Password recoveries of one e-mail address per hour. */
    @WithDefault("3")
    @Min(1)
    int recoveriesOfEmail();

    /** Password recoveries from one address per hour. */
    @WithDefault("10")
    @Min(1)
    int recoveriesFromAddress();
  }

  @Inject Outbox outbox;
  @Inject AttemptLimiter limiter;
  @Inject ClientAddress client;
  @Inject Settings settings;
  @Inject SigningKeys keys;
  @Inject AuditLog audit;

  /**
   * Only the sender of the outbox finds out whether a user has the address, so that neither the
   * response nor its time depends on it (OWASP, Forgot Password Cheat Sheet).
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @PermitAll
  @Operation(
      operationId = "recoverPassword",
      summary = "Recover a forgotten password",
      description =
          "Sends an e-mail with a link to reset the password, if an active user has the address. The"
              + " link is valid for 30 minutes and works once; a later one replaces it. Anyone may"
              + " call it. The response is the same whether or not a user has the address. Repeated"
              + " requests are throttled with 429.")
  @APIResponse(responseCode = "202", description = "The request was received.")
  @APIResponse(responseCode = "503", ref = "mail-unavailable")
  public RestResponse<Void> recover(@Valid PasswordRecovery recovery) {
    outbox.requireEnabled();
    try {
      limiter.countOrReject(
          "password recovery from " + client.network(), limit(settings.recoveriesFromAddress()));
      limiter.countOrReject(
          "password recovery of " + keys.fingerprint(recovery.email()),
          limit(settings.recoveriesOfEmail()));
    } catch (ProblemException e) {
      audit.record(Action.PASSWORD_RECOVERY, Outcome.THROTTLED, null, null);
      throw e;
    }
    QuarkusTransaction.requiringNew()
        .run(() -> {
          outbox.add(EmailType.PASSWORD_RECOVERY, null, recovery.email());
          audit.record(Action.PASSWORD_RECOVERY, Outcome.SUCCESS, null, null);
        });
    return RestResponse.accepted();
  }

  private static AttemptLimit limit(int attempts) {
    return new AttemptLimit(attempts, HOUR, WAIT);
  }
}
