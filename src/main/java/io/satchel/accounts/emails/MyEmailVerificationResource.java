package io.satchel.accounts.emails;

import static io.satchel.auth.Caller.UNVERIFIED;
import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.emails.Outbox;
import io.satchel.users.EmailAddresses;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@RunOnVirtualThread
@Path("/users/me/email-verification")
@Tag(name = "users")
class MyEmailVerificationResource {

  @Inject Caller caller;
  @Inject Outbox outbox;
  @Inject EmailAddresses addresses;

  @POST
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @RolesAllowed({USER, UNVERIFIED})
  @Transactional
  @Operation(
      operationId = "sendEmailVerification",
      summary = "Send the link to verify the e-mail address again",
      description =
          "Sends an e-mail with a link to the caller's pending_email or, if there is none, to the"
              + " email that has not been verified. The link is valid for 24 hours and works once; a"
              + " later one replaces it. Any user may call it.")
  @APIResponse(responseCode = "202", description = "The e-mail will be sent, if one is needed.")
  @APIResponse(responseCode = "503", ref = "mail-unavailable")
  public RestResponse<Void> send() {
    outbox.requireEnabled();
    addresses.sendVerification(User.findForUpdate(caller.id(), caller));
    return RestResponse.accepted();
  }
}
