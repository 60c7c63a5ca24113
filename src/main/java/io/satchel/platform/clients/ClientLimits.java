package io.satchel.platform.clients;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much of the connections and the memory clients can take. */
@ConfigMapping(prefix = "satchel.limits")
public interface ClientLimits {

  /** Connections of one address that is no trusted proxy. */
  @WithDefault("500")
  @Min(1)
  int connectionsOfAddress();

  /** How long the headers of a request may take to arrive, and then its body. */
  @WithDefault("30S")
  @DurationMin(millis = 1)
  Duration requestTimeout();

  /**
   * A connection, or a stream of HTTP/2, is closed if its client takes less than 4 KiB of a
   * response in this time.
   */
  @WithDefault("15S")
  @DurationMin(seconds = 1)
  Duration stalledResponse();

  /** The part of the heap for request bodies, in percent. One client gets a quarter, or 5 MiB. */
  @WithDefault("6")
  @Min(1)
  @Max(50)
  int requestMemory();

  /** The part of the heap for responses, in percent. One caller gets a quarter. */
  @WithDefault("40")
  @Min(1)
  @Max(80)
  int responseMemory();
}
