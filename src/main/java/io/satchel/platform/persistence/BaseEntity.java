package io.satchel.platform.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;

/**
 * The columns that entities have in common: an id, the time of creation, the time of the last
 * change, and a version that increases with each change.
 */
@MappedSuperclass
@EntityListeners(EntityTimestampsListener.class)
public abstract class BaseEntity extends PanacheEntity {

  public Instant createdAt;
  public Instant updatedAt;
  @Version public long version;
}
