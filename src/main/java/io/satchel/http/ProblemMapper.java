package io.satchel.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
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
    return problem.at(request.path()).toResponse();
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

  /** What the database could not do just now, or a fault of the service's own. */
  @ServerExceptionMapper
  Response failed(Throwable e, HttpServerRequest request) {
    Optional<SQLException> outage = Outage.in(e);
    if (outage.isPresent()) {
      LOG.errorf("The database cannot serve: %s", outage.get().getMessage());
      return problem(new Problem(ProblemType.UNAVAILABLE), request);
    }
    String traceId = UUID.randomUUID().toString();
    LOG.errorf(e, "Internal error, trace_id %s", traceId);
    return ProblemBody.internalError(request.path(), traceId).toResponse();
  }

  /**
   * Where the violation is, in the client's words: what follows the method, and the name of the
   * body.
   */
  private static String pointer(ConstraintViolation<?> violation) {
    List<String> members = new ArrayList<>();
    String parameter = "";
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.PROPERTY) {
        members.add(node.getName());
      } else if (node.getKind() == ElementKind.PARAMETER) {
        parameter = node.getName();
      }
    }
    return "/" + SNAKE_CASE.translate(members.isEmpty() ? parameter : String.join("/", members));
  }
}
