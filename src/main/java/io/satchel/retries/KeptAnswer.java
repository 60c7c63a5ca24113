package io.satchel.retries;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.satchel.auth.Caller;
import io.satchel.data.AdvisoryLock;
import io.satchel.data.Violations;
import io.satchel.http.Problem;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** The answer to a request that may be repeated, for 24 hours. */
@Entity
@Table(name = "idempotency_keys")
class KeptAnswer extends PanacheEntityBase {

  static final Duration KEPT = Duration.ofHours(24);

  /** Who asked, and the key that the client gave the request. */
  @Id public String name;

  /** The user who asked, or who signed up: it goes with that user. */
  public long userId;

  public byte[] requestHash;
  public int status;

  /** Its headers: Location, ETag, Last-Modified, as far as it has them. */
  public String location;

  public String etag;
  public String modified;

  public String body;
  public Instant createdAt;

  /**
   * Keeps all others from answering a request of that name until this transaction ends; unless
   * another does so already.
   */
  static boolean lock(String name) {
    return AdvisoryLock.tryFor("answer to " + name);
  }

  /** The answer that is kept; one that is past its time is forgotten. */
  static Optional<KeptAnswer> named(String name, Instant now) {
    delete("name = ?1 and createdAt < ?2", name, now.minus(KEPT));
    return findByIdOptional(name);
  }

  /**
   * Keeps this answer.
   *
   * @throws Problem when the user has gone meanwhile
   */
  void save() {
    try {
      persistAndFlush();
    } catch (ConstraintViolationException e) {
      throw "idempotency_keys_user_id_fkey".equals(Violations.constraintOf(e)) ? Caller.ended() : e;
    }
  }
}
