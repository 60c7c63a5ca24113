package io.satchel.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.Set;

/**
 * Requests are metered by what the description calls them. What a client made up, a path that
 * nothing answers or a method that there is not, becomes no label: it may be a secret, and there is
 * no end to it.
 */
class MeteredRequests {

  private static final Set<String> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  @Produces
  @Singleton
  static MeterFilter madeUp() {
    return MeterFilter.deny(MeteredRequests::isMadeUp);
  }

  private static boolean isMadeUp(Meter.Id meter) {
    String path = meter.getTag("uri");
    String method = meter.getTag("method");
    return path != null
        && method != null
        && !(METHODS.contains(method) && (isNoPath(path) || isKnown(path)));
  }

  /** Micrometer's own words, such as NOT_FOUND. */
  private static boolean isNoPath(String label) {
    return !label.startsWith("/");
  }

  private static boolean isKnown(String path) {
    return AllowedMethods.isTemplate(path) || Routes.FOR_READING.contains(path);
  }
}
