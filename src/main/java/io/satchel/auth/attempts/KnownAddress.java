package io.satchel.auth.attempts;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** An address that a user has logged in from. */
@Entity
@Table(name = "known_addresses")
public class KnownAddress extends PanacheEntityBase {

  /** How long an address is known after the last log-in from it. */
  static final Duration RETENTION = Duration.ofDays(90);

  @Embeddable
  record Key(long userId, String address) {}

  @EmbeddedId public Key key;
  public Instant lastLoginAt;

  /** Returns whether the user has logged in from the address. */
  static boolean isKnown(long userId, String address) {
    return findById(new Key(userId, address)) != null;
  }

  /** Records a log-in of the user from the address, and returns whether the address is new. */
  public static boolean recordLogin(long userId, String address, Instant now) {
    return (boolean)
        getEntityManager()
            .createNativeQuery(
                """
                insert into known_addresses (user_id, address, last_login_at)
                values (:user_id, :address, :now)
                on conflict on constraint known_addresses_pkey do update set last_login_at = :now
                returning xmax = 0
                """,
                Boolean.class)
            .setParameter("user_id", userId)
            .setParameter("address", address)
            .setParameter("now", now)
            .getSingleResult(); // PostgreSQL sets xmax when it updates a row.
  }
}
