package io.satchel.platform.concurrency;

import static jakarta.ws.rs.core.HttpHeaders.AUTHORIZATION;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.clients.CallerCounts;
import io.satchel.platform.clients.RequestCaller;
import io.satchel.platform.clients.ResponseMemory;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Limits the requests that are processed at the same time. Under overload, those that are accepted
 * stay fast, and the others are rejected at once with 503, or with 429 if the same caller has a
 * quarter of the places. Requests without an Authorization header, such as log-ins, leave a quarter
 * of the places for others. A request keeps its place until its processing has ended, even if the
 * client has disconnected before.
 */
@ApplicationScoped
class ConcurrentRequestLimit {

  /** The limit. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /** Requests that a replica processes at the same time. */
    @WithDefault("200")
    @Min(4)
    int concurrentRequests();

    /** How many of them one user may have, or one client network without a token. */
    @WithDefault("50")
    @Min(1)
    int concurrentRequestsOfCaller();
  }

  /** After the request id and the security headers, which a rejection has too. */
  private static final int PRIORITY = 5;

  private final AtomicInteger running = new AtomicInteger();
  private final CallerCounts runningOfCaller = new CallerCounts();
  private final RequestCaller callers;
  private final ResponseMemory memory;
  private final int limit;
  private final int limitOfCaller;
  private final Counter rejected;

  @Inject
  ConcurrentRequestLimit(
      Settings settings, RequestCaller callers, ResponseMemory memory, MeterRegistry metrics) {
    this.callers = callers;
    this.memory = memory;
    limit = settings.concurrentRequests();
    limitOfCaller = settings.concurrentRequestsOfCaller();
    rejected =
        Counter.builder("satchel.requests.rejected")
            .description("Requests rejected because too many were running, or responses unread")
            .register(metrics);
    Gauge.builder("satchel.requests.running", running, AtomicInteger::get)
        .description("Requests that are being processed, at most " + limit)
        .register(metrics);
  }

  void register(@Observes Filters filters) {
    filters.register(this::reject, PRIORITY);
  }

  /** Rejects a request before Quarkus REST sees it, so that a rejection costs little. */
  private void reject(RoutingContext context) {
    boolean hasToken = context.request().headers().contains(AUTHORIZATION);
    if (running.get() < places(hasToken)) {
      context.next();
    } else {
      rejected.increment();
      ProblemException unavailable = ProblemException.unavailable();
      context.fail(unavailable.status(), unavailable);
    }
  }

  /**
   * Counts a request until its processing has ended. It runs before the rate limit, which waits for
   * the identity of the caller. The body has been read in the meantime, so there may be too many
   * now.
   */
  @ServerRequestFilter(preMatching = true, priority = Priorities.AUTHENTICATION)
  void count(ContainerRequestContext context) {
    CurrentRequestManager.get().registerCompletionCallback(failure -> running.decrementAndGet());
    if (running.incrementAndGet() > places(context.getHeaders().containsKey(AUTHORIZATION))) {
      rejected.increment();
      throw ProblemException.unavailable();
    }
  }

  /**
   * Counts the request of a caller, who has only a part of the places, and reads responses before
   * sending many further requests.
   */
  @ServerRequestFilter(preMatching = true, priority = RequestCaller.PRIORITY + 1)
  void countOfCaller(RoutingContext request) {
    String caller = callers.of(request);
    CurrentRequestManager.get()
        .registerCompletionCallback(processed -> runningOfCaller.remove(caller));
    if (runningOfCaller.add(caller) > limitOfCaller || memory.isExceededBy(caller)) {
      rejected.increment();
      throw ProblemException.tooManyRequests(Duration.ofSeconds(1));
    }
  }

  private int places(boolean hasToken) {
    return hasToken ? limit : limit - limit / 4;
  }
}
