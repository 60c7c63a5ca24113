package io.satchel.platform.idempotency;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.satchel.platform.persistence.AdvisoryLock;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The response to a request with an idempotency key, stored for 24 hours. */
@Entity
@Table(name = "idempotency_keys")
class StoredResponse extends PanacheEntityBase {

  static final Duration RETENTION = Duration.ofHours(24);

  /** The caller and the idempotency key. */
  @Id public String name;

  /** The user who sent the request. */
  public long userId;

  public byte[] requestFingerprint;
  public int status;
  public String location;
  public String etag;
  public String body;
  public Instant createdAt;

  /** Tries to lock the name until the end of the transaction, without waiting. */
  static boolean tryLock(String name) {
    return AdvisoryLock.tryAcquire("idempotency key " + name);
  }

  /** Returns the stored response, or deletes it if it has expired. */
  static Optional<StoredResponse> find(String name, Instant now) {
    delete("name = ?1 and createdAt < ?2", name, now.minus(RETENTION));
    return findByIdOptional(name);
  }

  static StoredResponse store(
      String name, long userId, byte[] fingerprint, Response response, String body, Instant now) {
    StoredResponse stored = new StoredResponse();
    stored.name = name;
    stored.userId = userId;
    stored.requestFingerprint = fingerprint;
    stored.status = response.getStatus();
    stored.location = response.getHeaderString(HttpHeaders.LOCATION);
    stored.etag = response.getHeaderString(HttpHeaders.ETAG);
    stored.body = body;
    stored.createdAt = now;
    stored.persistAndFlush();
    return stored;
  }

  Response.ResponseBuilder toResponse() {
    return Response.status(status)
        .header(HttpHeaders.LOCATION, location)
        .header(HttpHeaders.ETAG, etag)
        .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
        .entity(body);
  }
}
