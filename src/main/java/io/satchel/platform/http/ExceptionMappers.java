package io.satchel.platform.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.satchel.platform.input.InputErrors;
import io.satchel.platform.persistence.DatabaseUnavailability;
import io.satchel.platform.problems.InputError;
import io.satchel.platform.problems.ProblemDetails;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Converts each exception into a problem that reveals no internals of the program. */
class ExceptionMappers {

  private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);
  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

  @Inject InputErrors inputErrors;
  @Inject ConstraintProblems constraintProblems;

  @ServerExceptionMapper
  Response problem(ProblemException problem, HttpServerRequest request) {
    return problem.toResponse(request.path());
  }

  /** Reports the violations of Bean Validation together with the values that could not be read. */
  @ServerExceptionMapper
  Response invalid(ConstraintViolationException e, HttpServerRequest request) {
    List<InputError> violations =
        e.getConstraintViolations().stream()
            .map(violation -> new InputError(pointer(violation), violation.getMessage()))
            .sorted(Comparator.comparing(InputError::pointer))
            .toList();
    return problem(inputErrors.toProblem(violations), request);
  }

  /** Handles a validator that failed. */
  @ServerExceptionMapper
  Response validatorFailed(ValidationException e, RoutingContext context) {
    return e.getCause() instanceof ProblemException problem
        ? problem(problem, context.request())
        : internalError(e, context);
  }

  /** Handles what Quarkus REST rejects: an unknown path, a wrong method or media type. */
  @ServerExceptionMapper
  Response rejected(WebApplicationException e, RoutingContext context) {
    HttpServerRequest request = context.request();
    int status = e.getResponse().getStatus();
    if (status >= 500) {
      return internalError(e, context);
    }
    // Quarkus REST reports 404 where only a resource with a longer path has the method.
    boolean isWrongMethod = status == 404 && !AllowedMethods.of(request.path()).isEmpty();
    return problem(new ProblemException(ProblemType.of(isWrongMethod ? 405 : status)), request);
  }

  @ServerExceptionMapper
  Response missingToken(UnauthorizedException e, HttpServerRequest request) {
    return problem(new ProblemException(ProblemType.UNAUTHORIZED), request);
  }

  @ServerExceptionMapper
  Response invalidToken(AuthenticationFailedException e, HttpServerRequest request) {
    return problem(ProblemException.invalidToken(), request);
  }

  /** Handles a connection that is closed while the response is written, which nobody receives. */
  @ServerExceptionMapper
  Response cannotWrite(IOException e, RoutingContext context) {
    return context.response().closed()
        ? problem(new ProblemException(ProblemType.BAD_REQUEST), context.request())
        : internalError(e, context);
  }

  /** Handles everything else: a violated constraint, 503 if the database is away, or else 500. */
  @ServerExceptionMapper
  Response internalError(Throwable e, RoutingContext context) {
    HttpServerRequest request = context.request();
    Optional<ProblemException> violation = constraintProblems.findIn(e);
    if (violation.isPresent()) {
      return problem(violation.get(), request);
    }
    String operation = "%s %s of %s".formatted(request.method(), request.path(), caller(context));
    Optional<SQLException> unavailability = DatabaseUnavailability.findIn(e);
    if (unavailability.isPresent()) {
      LOG.errorf(
          "%s failed: the database is unavailable: %s",
          operation, unavailability.get().getMessage());
      return problem(ProblemException.unavailable(), request);
    }
    SpanContext span = Span.current().getSpanContext();
    String traceId = span.isValid() ? span.getTraceId() : IdGenerator.random().generateTraceId();
    LOG.errorf(e, "%s failed, trace_id %s", operation, traceId);
    return ProblemDetails.internalError(request.path(), traceId).toResponse().build();
  }

  private static String caller(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user
            && !user.getSecurityIdentity().isAnonymous()
        ? "user " + user.getSecurityIdentity().getPrincipal().getName()
        : "an anonymous client";
  }

  /** Returns the JSON Pointer of a violation: its path without the method and its parameter. */
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
