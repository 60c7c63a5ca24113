package io.satchel.accounts.verification;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of an e-mail verification. */
@Schema(additionalProperties = Schema.False.class)
record EmailVerification(
    @Schema(
            description = "The token of the link in the e-mail.",
            examples = "OXhKQ2pBTXB3Y1dGc2RLa0VqU2xvUHZ5Um5UaUdiVXo")
        @NotNull
        String token) {

  @Override
  public String toString() { // Without the token.
    return "EmailVerification";
  }
}
