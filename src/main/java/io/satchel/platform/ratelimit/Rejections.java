package io.satchel.platform.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Counts the requests that a rate limit has rejected. */
@Singleton
class Rejections {

  private final MeterRegistry metrics;

  @Inject
  Rejections(MeterRegistry metrics) {
    this.metrics = metrics;
    counter("requests");
    counter("attempts");
  }

  /** Counts a rejection by the limit of requests, or of attempts such as sign-ups. */
  void count(String limit) {
    counter(limit).increment();
  }

  private Counter counter(String limit) {
    return Counter.builder("satchel.rate.limit.rejections")
        .description("Requests rejected by a rate limit, without log-ins")
        .tag("limit", limit)
        .register(metrics);
  }
}
