package io.satchel.auth;

import io.quarkus.security.ForbiddenException;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Converts the rejection of a caller who lacks a role into a problem. */
class ForbiddenMapper {

  @Inject Caller caller;

  @ServerExceptionMapper
  Response forbidden(ForbiddenException e, HttpServerRequest request) {
    ProblemException problem =
        caller.mustVerify()
            ? new ProblemException(ProblemType.UNVERIFIED)
            : ProblemException.forbidden();
    return problem.toResponse(request.path());
  }
}
