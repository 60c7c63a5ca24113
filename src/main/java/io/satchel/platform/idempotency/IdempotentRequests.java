package io.satchel.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.platform.http.ClientAddress;
import io.satchel.platform.persistence.ExpiringTable;
import io.satchel.platform.problems.ConstraintProblem;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Executes a request with an Idempotency-Key once (IETF draft
 * draft-ietf-httpapi-idempotency-key-header). A retry within 24 hours receives the stored response
 * of the first request. The response is stored in the transaction of the operation, so that either
 * both exist or neither. Only a fingerprint of the request is stored, because it can contain a
 * password.
 */
@RequestScoped
public class IdempotentRequests {

  private static final String REPLAYED = "Idempotent-Replayed";

  @Inject RoutingContext request;
  @Inject ClientAddress client;
  @Inject RequestFingerprint fingerprint;
  @Inject Clock clock;
  @Inject ObjectMapper json;
  @Inject MeterRegistry metrics;

  /**
   * Executes an operation in a transaction, for a user. Keys of different users are independent.
   *
   * @return the response of the operation, or the stored response of an earlier request
   * @throws ProblemException 422 if the key is not valid or was used for another request, 409 if a
   *     request with the same key is in progress. What the operation throws is not stored.
   */
  public Response execute(long userId, Supplier<RestResponse<?>> operation) {
    return execute("user " + userId, () -> userId, operation);
  }

  /**
   * Executes an operation in a transaction, for a caller without a token. Keys belong to the
   * client's network.
   *
   * @param user returns, after the operation, the user with whom the stored response is deleted
   * @throws ProblemException as {@link #execute(long, Supplier)}
   */
  public Response execute(Supplier<Long> user, Supplier<RestResponse<?>> operation) {
    return execute(client.network(), user, operation);
  }

  private Response execute(
      String caller, Supplier<Long> user, Supplier<RestResponse<?>> operation) {
    Optional<String> key = IdempotencyKey.of(request.request());
    return QuarkusTransaction.joiningExisting()
        .call(() ->
            key.isEmpty()
                ? operation.get().toResponse()
                : executeOnce(caller + ": " + key.get(), user, operation));
  }

  private Response executeOnce(
      String name, Supplier<Long> user, Supplier<RestResponse<?>> operation) {
    Instant now = clock.instant();
    if (!StoredResponse.tryLock(name)) {
      throw ProblemException.requestInProgress();
    }
    byte[] canonicalRequest = canonicalRequest();
    Optional<StoredResponse> stored = StoredResponse.find(name, now);
    if (stored.isEmpty()) {
      Response response = operation.get().toResponse();
      // The first response is built from the stored one too, so that retries cannot differ from it.
      return store(name, user.get(), fingerprint.of(canonicalRequest), response, now)
          .toResponse()
          .build();
    }
    if (!fingerprint.matches(canonicalRequest, stored.get().requestFingerprint)) {
      throw new ProblemException(ProblemType.KEY_REUSED);
    }
    Counter.builder("satchel.idempotent.replays")
        .description("Responses that were sent again for a repeated Idempotency-Key")
        .register(metrics)
        .increment();
    return stored.get().toResponse().header(REPLAYED, true).build();
  }

  private StoredResponse store(
      String name, long userId, byte[] requestFingerprint, Response response, Instant now) {
    StoredResponse stored = new StoredResponse();
    stored.name = name;
    stored.userId = userId;
    stored.requestFingerprint = requestFingerprint;
    stored.status = response.getStatus();
    stored.location = response.getHeaderString(HttpHeaders.LOCATION);
    stored.etag = response.getHeaderString(HttpHeaders.ETAG);
    stored.lastModified = response.getHeaderString(HttpHeaders.LAST_MODIFIED);
    stored.body = bodyOf(response);
    stored.createdAt = now;
    stored.persistAndFlush();
    return stored;
  }

  /** Returns the body of a response, or an empty text if it has none. */
  private String bodyOf(Response response) {
    if (!response.hasEntity()) {
      return "";
    }
    return response.getEntity() instanceof String body ? body : toJson(response.getEntity());
  }

  /** Returns the request in a form that does not depend on white space or the order of members. */
  private byte[] canonicalRequest() {
    try {
      Object body = json.readValue(request.body().buffer().getBytes(), Object.class);
      String path = request.normalizedPath().replaceFirst("/$", "");
      return (path + " " + toJson(body)).getBytes(UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e); // The body was read before.
    }
  }

  private String toJson(Object value) {
    try {
      return json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(value);
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
