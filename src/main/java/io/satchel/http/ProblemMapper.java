package io.satchel.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request into a problem, and keeps the inside of the program inside. */
class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

  @Inject Faults faults;

  @ServerExceptionMapper
  Response problem(Problem problem, HttpServerRequest request) {
    return problem.toResponse(request.path());
  }

  /** What validation refuses, together with what could not be read at all. */
  @ServerExceptionMapper
  Response invalid(ConstraintViolationException e, HttpServerRequest request) {
    List<Fault> violations =
        e.getConstraintViolations().stream()
            .map(violation -> new Fault(pointer(violation), violation.getMessage()))
            .sorted(Comparator.comparing(Fault::pointer))
            .toList();
    return problem(faults.problemWith(violations), request);
  }

  /** What a validator could not find out. */
  @ServerExceptionMapper
  Response unvalidated(ValidationException e, HttpServerRequest request) {
    return e.getCause() instanceof Problem problem ? problem(problem, request) : failed(e, request);
  }

  /** What Quarkus REST itself refuses: an unknown path, a wrong method or media type. */
  @ServerExceptionMapper
  Response refused(WebApplicationException e, HttpServerRequest request) {
    int status = e.getResponse().getStatus();
    if (status >= 500) {
      return failed(e, request);
    }
    // Quarkus REST finds no path where a resource of a longer path has no such method.
    boolean wrongMethod = status == 404 && !AllowedMethods.of(request.path()).isEmpty();
    return problem(new Problem(ProblemType.of(wrongMethod ? 405 : status)), request);
  }

  /** No token, where one is needed (RFC 6750, section 3.1). */
  @ServerExceptionMapper
  Response unauthorized(UnauthorizedException e, HttpServerRequest request) {
    return problem(Problem.unauthorized("Bearer"), request);
  }

  /** A token that is not valid, for whatever reason. */
  @ServerExceptionMapper
  Response unauthenticated(AuthenticationFailedException e, HttpServerRequest request) {
    return problem(Problem.unauthorized(Problem.INVALID_TOKEN), request);
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException e, HttpServerRequest request) {
    return problem(Problem.forbidden(), request);
  }

  /** What the database could not do just now, or a fault of the service's own. */
  @ServerExceptionMapper
  Response failed(Throwable e, HttpServerRequest request) {
    Optional<SQLException> outage = Outage.in(e);
    if (outage.isPresent()) {
      LOG.errorf("The database cannot serve: %s", outage.get().getMessage());
      return problem(Problem.unavailable(), request);
    }
    String traceId = UUID.randomUUID().toString();
    LOG.errorf(e, "Internal error, trace_id %s", traceId);
    return ProblemBody.internalError(request.path(), traceId).toResponse().build();
  }

  /**
   * Where the violation is, in the client's words: what follows the method, and the name of the
   * body.
   */
  private static String pointer(ConstraintViolation<?> violation) {
    List<String> members = new ArrayList<>();
    String parameter = "";
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getIndex() != null) {
        members.add(node.getIndex().toString());
      }
      if (node.getKind() == ElementKind.PROPERTY) {
        members.add(node.getName());
      } else if (node.getKind() == ElementKind.PARAMETER) {
        parameter = node.getName();
      }
    }
    return "/" + SNAKE_CASE.translate(members.isEmpty() ? parameter : String.join("/", members));
  }
}
