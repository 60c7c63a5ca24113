package io.satchel.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.platform.crypto.Digests;
import io.satchel.platform.persistence.ExpiringTable;
import io.satchel.platform.problems.ConstraintProblem;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.platform.text.Paths;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Executes a request with an Idempotency-Key once (IETF draft
 * draft-ietf-httpapi-idempotency-key-header). A retry within 24 hours receives the stored response
 * of the first request. The response is stored in the transaction of the operation, so that either
 * both exist or neither.
 */
@RequestScoped
public class IdempotentRequests {

  private static final String KEY = "Idempotency-Key";

  /** A string (RFC 9651, section 3.3.3), or the same without quotes, which most clients send. */
  private static final Pattern FORMAT =
      Pattern.compile("\"([ !#-\\[\\]-~]{1,255})\"|([!#-\\[\\]-~]{1,255})");

  @Inject RoutingContext request;
  @Inject Clock clock;
  @Inject ObjectMapper json;
  @Inject MeterRegistry metrics;

  /**
   * Executes an operation in a transaction, for a user. Keys of different users are independent.
   *
   * @param input the body of the request
   * @return the response of the operation, or the stored response of an earlier request
   * @throws ProblemException 422 if the key is not valid or was used for another request, 409 if a
   *     request with the same key is in progress. What the operation throws is not stored.
   */
  public Response execute(long userId, Object input, Supplier<RestResponse<?>> operation) {
    Optional<String> key = key();
    return QuarkusTransaction.joiningExisting()
        .call(() ->
            key.isEmpty()
                ? operation.get().toResponse()
                : executeOnce(key.get(), userId, fingerprint(input), operation));
  }

  private Response executeOnce(
      String key, long userId, byte[] fingerprint, Supplier<RestResponse<?>> operation) {
    Instant now = clock.instant();
    String name = "user %d: %s".formatted(userId, key);
    if (!StoredResponse.tryLock(name)) {
      throw new ProblemException(ProblemType.IN_PROGRESS);
    }
    Optional<StoredResponse> stored = StoredResponse.find(name, now);
    if (stored.isEmpty()) {
      Response response = operation.get().toResponse();
      String body =
          response.getEntity() instanceof byte[] json
              ? new String(json, UTF_8)
              : write(response.getEntity());
      // The first response is built from the stored one too, so that retries cannot differ from it.
      return StoredResponse.store(name, userId, fingerprint, response, body, now)
          .toResponse()
          .build();
    }
    if (!Arrays.equals(fingerprint, stored.get().requestFingerprint)) {
      throw new ProblemException(ProblemType.KEY_REUSED);
    }
    Counter.builder("satchel.idempotent.replays")
        .description("Responses that were sent again for a repeated Idempotency-Key")
        .register(metrics)
        .increment();
    return stored.get().toResponse().header("Idempotent-Replayed", true).build();
  }

  private Optional<String> key() {
    List<String> keys = request.request().headers().getAll(KEY);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Matcher key = FORMAT.matcher(keys.getFirst());
    if (keys.size() > 1 || !key.matches()) {
      throw ProblemException.invalidInput("/" + KEY, "must be 1 to 255 visible ASCII characters");
    }
    return Optional.of(key.group(1) == null ? key.group(2) : key.group(1));
  }

  /** Returns a hash that does not depend on white space or the order of members. */
  private byte[] fingerprint(Object input) {
    String path = Paths.withoutSlash(request.normalizedPath());
    return Digests.sha256((path + " " + write(input)).getBytes(UTF_8));
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The user was deleted in the meantime. */
  @Produces
  @Singleton
  static ConstraintProblem deletedUser() {
    return new ConstraintProblem("idempotency_keys_user_id_fkey", ProblemException::invalidToken);
  }

  @Produces
  @Singleton
  static ExpiringTable expiringTable() {
    return new ExpiringTable("idempotency_keys", "created_at", StoredResponse.RETENTION);
  }
}
