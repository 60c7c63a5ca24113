package io.satchel.platform.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the requests that are processed at the same time. Under overload, those that are accepted
 * stay fast, and the others are rejected at once with 503. Requests without an Authorization
 * header, such as log-ins, leave a quarter of the places for others. A place is free again when the
 * response has ended, or the client has closed the connection.
 */
@Singleton
class ConcurrentRequestLimit {

  /** The body has been read then, so that slow clients take no place. */
  private static final int PRIORITY = 5;

  /** The limit. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /** Requests that a replica processes at the same time, at most one for each worker thread. */
    @WithDefault("200")
    @Min(4)
    @Max(200)
    int concurrentRequests();
  }

  private final AtomicInteger running = new AtomicInteger();
  private final int limit;
  private final Counter rejected;

  @Inject
  ConcurrentRequestLimit(Settings settings, MeterRegistry metrics) {
    limit = settings.concurrentRequests();
    rejected =
        Counter.builder("satchel.requests.rejected")
            .description("Requests rejected because too many were running")
            .register(metrics);
    Gauge.builder("satchel.requests.running", running, AtomicInteger::get)
        .description("Requests that are being processed, at most " + limit)
        .register(metrics);
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    if (context.response().closed()) { // The end handler would not be called.
      return;
    }
    boolean hasToken = context.request().headers().contains(HttpHeaders.AUTHORIZATION);
    if (running.incrementAndGet() > (hasToken ? limit : limit - limit / 4)) {
      running.decrementAndGet();
      rejected.increment();
      ProblemFailureHandler.fail(context, ProblemException.unavailable());
    } else {
      context.addEndHandler(end -> running.decrementAndGet());
      context.next();
    }
  }
}
