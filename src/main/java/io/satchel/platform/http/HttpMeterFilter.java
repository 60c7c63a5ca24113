package io.satchel.platform.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.Set;

/**
 * Discards HTTP metrics whose labels a client made up: unknown paths and methods. They could
 * contain secrets, and their number would be unlimited.
 */
class HttpMeterFilter {

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
  static MeterFilter discardUnknown() {
    return MeterFilter.deny(HttpMeterFilter::isUnknown);
  }

  private static boolean isUnknown(Meter.Id meter) {
    String path = meter.getTag("uri");
    String method = meter.getTag("method");
    return path != null
        && method != null
        && !(METHODS.contains(method) && (isMicrometerConstant(path) || isKnown(path)));
  }

  /** Micrometer's own values, such as NOT_FOUND, are not paths. */
  private static boolean isMicrometerConstant(String label) {
    return !label.startsWith("/");
  }

  private static boolean isKnown(String path) {
    return AllowedMethods.isTemplate(path) || DocumentationRoutes.PATHS.contains(path);
  }
}
