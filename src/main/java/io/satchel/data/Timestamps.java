package io.satchel.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Stamps rows by the service's clock, to the microsecond, which is what PostgreSQL keeps. */
class Timestamps {

  @Inject Clock clock;

  @PrePersist
  void created(Stored row) {
    row.createdAt = now();
    row.updatedAt = row.createdAt;
  }

  @PreUpdate
  void changed(Stored row) {
    row.updatedAt = now();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The service's clock: a bean, so that a test can set it. */
  @Produces
  @ApplicationScoped
  static Clock clock() {
    return Clock.systemUTC();
  }
}
