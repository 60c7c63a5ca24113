package io.satchel.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.Seal;
import io.satchel.http.ClientAddress;
import io.satchel.http.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Does once what a client asks for again, because it did not hear the answer: a request with an
 * Idempotency-Key (the IETF's draft of that name) is answered as the first one with that key was,
 * for 24 hours. The answer is kept in the transaction of what it tells of: there are both, or
 * neither. Of the request, no more is kept than a seal, as it may hold a password.
 */
@RequestScoped
public class Repetitions {

  private static final String REPLAYED = "Idempotent-Replayed";

  @Inject RoutingContext request;
  @Inject ClientAddress client;
  @Inject Seal seal;
  @Inject Clock clock;
  @Inject ObjectMapper json;

  /**
   * Does that in a transaction, for a caller who has no token.
   *
   * @param user the user whom the answer is about, once it is done; with whom it goes
   * @throws Problem as {@link #once(long, Supplier)} does
   */
  public Response once(Supplier<Long> user, Supplier<RestResponse<?>> effect) {
    return once(client.network(), user, effect);
  }

  /**
   * Does that in a transaction, for that user; or repeats what was answered, if that was done.
   *
   * @throws Problem when the key is none, was that of another request, or of one that is not done
   *     yet; and what doing it throws, of which nothing is kept
   */
  public Response once(long userId, Supplier<RestResponse<?>> effect) {
    return once("user " + userId, () -> userId, effect);
  }

  private Response once(String caller, Supplier<Long> user, Supplier<RestResponse<?>> effect) {
    Optional<String> key = IdempotencyKey.of(request.request());
    return QuarkusTransaction.joiningExisting()
        .call(() ->
            key.isEmpty()
                ? effect.get().toResponse()
                : once(caller + ": " + key.get(), user, effect, clock.instant()));
  }

  private Response once(
      String name, Supplier<Long> user, Supplier<RestResponse<?>> effect, Instant now) {
    if (!KeptAnswer.lock(name)) {
      throw Problem.inProgress();
    }
    byte[] asked = canonicalRequest();
    Optional<KeptAnswer> kept = KeptAnswer.named(name, now);
    if (kept.isEmpty()) {
      return answer(keep(effect.get().toResponse(), name, user.get(), seal.of(asked), now)).build();
    }
    if (!seal.isOf(asked, kept.get().requestHash)) {
      throw Problem.keyReused();
    }
    return answer(kept.get()).header(REPLAYED, true).build();
  }

  private KeptAnswer keep(
      Response answer, String name, long userId, byte[] requestHash, Instant now) {
    KeptAnswer kept = new KeptAnswer();
    kept.name = name;
    kept.userId = userId;
    kept.requestHash = requestHash;
    kept.status = answer.getStatus();
    kept.location = answer.getHeaderString(HttpHeaders.LOCATION);
    kept.etag = answer.getHeaderString(HttpHeaders.ETAG);
    kept.modified = answer.getHeaderString(HttpHeaders.LAST_MODIFIED);
    kept.body = text(answer.getEntity());
    kept.createdAt = now;
    kept.save();
    return kept;
  }

  /** The first answer is made of what is kept, as its repetitions are: they cannot differ. */
  private static Response.ResponseBuilder answer(KeptAnswer kept) {
    return Response.status(kept.status)
        .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
        .header(HttpHeaders.LOCATION, kept.location)
        .header(HttpHeaders.ETAG, kept.etag)
        .header(HttpHeaders.LAST_MODIFIED, kept.modified)
        .entity(kept.body);
  }

  /** The request, however its JSON is spaced and ordered. */
  private byte[] canonicalRequest() {
    try {
      Object body = json.readValue(request.body().buffer().getBytes(), Object.class);
      String path = request.normalizedPath().replaceFirst("/$", "");
      return (path + " " + text(body)).getBytes(UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e); // it has been read before
    }
  }

  private String text(Object value) {
    try {
      return json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
