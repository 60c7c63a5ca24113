package io.satchel.users;

import static io.satchel.auth.Caller.UNVERIFIED;
import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.platform.conditional.ConditionalResponses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@RunOnVirtualThread
@Path("/users/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "users")
class MeResource {

  @Inject Caller caller;
  @Inject ConditionalResponses responses;

  @GET
  @RolesAllowed({USER, UNVERIFIED})
  @Operation(
      operationId = "getMe",
      summary = "Get the caller",
      description =
          "Returns the calling user, with the first 100 items. Any user may call it. With"
              + " If-None-Match, the response is 304 if nothing has changed.")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  public RestResponse<byte[]> get() {
    return responses.read(UserView.of(User.findVisible(caller.id(), caller), caller));
  }
}
