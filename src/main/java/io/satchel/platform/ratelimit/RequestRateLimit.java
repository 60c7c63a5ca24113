package io.satchel.platform.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.platform.clients.RequestCaller;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Limits the requests of each caller per minute: of a user with a valid token, or else of a client
 * network. A minute starts with the first request. Each replica counts for itself. Responses
 * contain the remaining requests (IETF draft draft-ietf-httpapi-ratelimit-headers).
 */
@ApplicationScoped
class RequestRateLimit {

  /** The settings of the request rate limit. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /**
     * Requests per minute and replica of one user, or of one client network without a token. 0
     * means no limit.
     */
    @WithDefault("600")
    @Min(0)
    int requestsPerMinute();
  }

  private final Settings settings;
  private final RequestCaller callers;
  private final MinuteLimit requests;
  private final Counter rejections;

  @Inject
  RequestRateLimit(Clock clock, Settings settings, RequestCaller callers, MeterRegistry metrics) {
    this.settings = settings;
    this.callers = callers;
    this.requests = new MinuteLimit(Math.max(1, settings.requestsPerMinute()), clock);
    this.rejections = AttemptLimiter.rejections("requests", metrics);
  }

  /** Runs before the request is matched, so that a rejected request costs as little as possible. */
  @ServerRequestFilter(preMatching = true)
  void filter(RoutingContext request) {
    if (settings.requestsPerMinute() > 0) {
      count(callers.of(request), request.response().headers());
    }
  }

  private void count(String caller, MultiMap headers) {
    ConsumptionProbe taken = requests.tryTake(caller, 1);
    String reset = ProblemException.seconds(Duration.ofNanos(taken.getNanosToWaitForReset()));
    headers.set(
        "RateLimit-Policy",
        "\"requests\";q=%d;w=%d"
            .formatted(settings.requestsPerMinute(), MinuteLimit.WINDOW.toSeconds()));
    headers.set("RateLimit", "\"requests\";r=%d;t=%s".formatted(taken.getRemainingTokens(), reset));
    if (!taken.isConsumed()) {
      rejections.increment();
    }
    MinuteLimit.rejectUnlessTaken(taken);
  }
}
