package io.satchel.platform.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Adds a histogram to the HTTP metrics, and discards those whose labels a client made up: unknown
 * paths and methods. They could contain secrets, and their number would be unlimited.
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

  private static final double[] BOUNDS_NANOS =
      DoubleStream.of(0.005, 0.025, 0.1, 0.25, 0.5, 1, 5).map(seconds -> seconds * 1e9).toArray();

  @Produces
  @Singleton
  static MeterFilter discardUnknown() {
    return MeterFilter.deny(HttpMeterFilter::isUnknown);
  }

  /** Counts the requests that are faster than these bounds, for percentiles and objectives. */
  @Produces
  @Singleton
  static MeterFilter histogram() {
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id meter, DistributionStatisticConfig config) {
        return meter.getName().equals("http.server.requests")
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(BOUNDS_NANOS)
                .build()
                .merge(config)
            : config;
      }
    };
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
