package io.satchel.platform.persistence;

import jakarta.inject.Inject;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Sets the timestamps of entities, in microseconds, which is PostgreSQL's precision. */
class EntityTimestampsListener {

  @Inject Clock clock;

  @PrePersist
  void setCreated(BaseEntity entity) {
    entity.createdAt = now();
    entity.updatedAt = entity.createdAt;
  }

  @PreUpdate
  void setUpdated(BaseEntity entity) {
    entity.updatedAt = now();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
