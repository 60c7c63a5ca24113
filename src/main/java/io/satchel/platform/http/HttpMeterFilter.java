package io.satchel.platform.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Adds a histogram to the HTTP metrics, and replaces labels that a client can make up: paths that
 * were not matched, and unknown methods. They could contain secrets, and their number would be
 * unlimited.
 */
@Singleton
class HttpMeterFilter implements MeterFilter {

  private static final Set<String> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  private static final String PATH = "uri";
  private static final String METHOD = "method";
  private static final String UNKNOWN = "UNKNOWN";

  private static final DistributionStatisticConfig BOUNDS =
      DistributionStatisticConfig.builder()
          .serviceLevelObjectives(
              DoubleStream.of(0.005, 0.025, 0.1, 0.25, 0.5, 1, 5)
                  .map(seconds -> seconds * 1e9)
                  .toArray())
          .build();

  @Override
  public Meter.Id map(Meter.Id meter) {
    String path = meter.getTag(PATH);
    String method = meter.getTag(METHOD);
    return path == null || method == null
        ? meter
        : meter.replaceTags(
            Tags.of(meter.getTagsAsIterable())
                .and(PATH, isKnown(path) ? path : UNKNOWN)
                .and(METHOD, METHODS.contains(method) ? method : UNKNOWN));
  }

  /** Counts the requests that are faster than these bounds, for percentiles and objectives. */
  @Override
  public DistributionStatisticConfig configure(Meter.Id meter, DistributionStatisticConfig config) {
    return meter.getName().equals("http.server.requests") ? BOUNDS.merge(config) : config;
  }

  /** Micrometer's own values, such as NOT_FOUND, are not paths. */
  private static boolean isKnown(String path) {
    return !path.startsWith("/")
        || AllowedMethods.isTemplate(path)
        || DocumentationRoutes.PATHS.contains(path);
  }
}
