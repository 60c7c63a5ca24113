package io.satchel.platform.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.satchel.platform.http.ClientAddress;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Limits the requests of each caller per minute: of a user with a valid token, or else of a client
 * network. A minute starts with the first request. Each replica counts for itself. Responses
 * contain the remaining requests (IETF draft draft-ietf-httpapi-ratelimit-headers).
 */
@ApplicationScoped
class RequestRateLimit {

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Beyond this number, the least recently seen caller is forgotten. */
  private static final int MAX_CALLERS = 100_000;

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
  private final TimeMeter time;
  private final Counter rejections;

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_CALLERS).expireAfterWrite(WINDOW).build();

  @Inject ClientAddress client;
  @Inject IdentityProviderManager identities;

  @Inject
  RequestRateLimit(Clock clock, Settings settings, MeterRegistry metrics) {
    this.settings = settings;
    this.time = new ClockTimeMeter(clock);
    this.rejections = AttemptLimiter.rejections("requests", metrics);
  }

  /** Runs before the request is matched, so that a rejected request costs as little as possible. */
  @ServerRequestFilter(preMatching = true)
  Uni<Response> filter(RoutingContext request) {
    if (settings.requestsPerMinute() == 0) {
      return Uni.createFrom().nullItem();
    }
    String network = client.network();
    return QuarkusHttpUser.getSecurityIdentity(request, identities)
        .onFailure(AuthenticationFailedException.class)
        .recoverWithNull()
        .invoke(identity -> count(caller(identity, network), request.response().headers()))
        .map(identity -> null);
  }

  private static String caller(SecurityIdentity identity, String network) {
    return identity == null || identity.isAnonymous()
        ? network
        : "user " + identity.getPrincipal().getName();
  }

  private void count(String caller, MultiMap headers) {
    int limit = settings.requestsPerMinute();
    ConsumptionProbe probe = tryConsume(caller);
    String reset = ProblemException.seconds(Duration.ofNanos(probe.getNanosToWaitForReset()));
    headers.set("RateLimit-Policy", "\"requests\";q=%d;w=%d".formatted(limit, WINDOW.toSeconds()));
    headers.set("RateLimit", "\"requests\";r=%d;t=%s".formatted(probe.getRemainingTokens(), reset));
    if (!probe.isConsumed()) {
      rejections.increment();
      throw ProblemException.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  /** Takes one request from the caller's remaining ones, if there are any. */
  ConsumptionProbe tryConsume(String caller) {
    return buckets.get(caller, name -> newBucket()).tryConsumeAndReturnRemaining(1);
  }

  private Bucket newBucket() {
    int limit = settings.requestsPerMinute();
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(limit).refillIntervally(limit, WINDOW))
        .withCustomTimePrecision(time)
        .build();
  }

  /** Lets Bucket4j use the service's clock. */
  private record ClockTimeMeter(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
