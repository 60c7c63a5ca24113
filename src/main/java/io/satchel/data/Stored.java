package io.satchel.data;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;

/**
 * What every row has: an id, the moments of its creation and of its last change, and a version that
 * grows with each change.
 */
@MappedSuperclass
@EntityListeners(Timestamps.class)
public abstract class Stored extends PanacheEntity {

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
