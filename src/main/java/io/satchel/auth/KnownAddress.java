package io.satchel.auth;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** An address that a user has logged in from. */
@Entity
@Table(name = "known_addresses")
public class KnownAddress extends PanacheEntityBase {

  @Embeddable
  record Key(long userId, String address) {}

  @EmbeddedId public Key key;
  public Instant lastLoginAt;

  /** Whether that user has logged in from there. */
  static boolean isKnown(long userId, String address) {
    return findById(new Key(userId, address)) != null;
  }

  /** Notes that this user has. */
  static void remember(long userId, String address, Instant now) {
    getEntityManager()
        .createNativeQuery(
            """
            insert into known_addresses (user_id, address, last_login_at)
            values (:user_id, :address, :now)
            on conflict on constraint known_addresses_pkey do update set last_login_at = :now
            """)
        .setParameter("user_id", userId)
        .setParameter("address", address)
        .setParameter("now", now)
        .executeUpdate();
  }
}
