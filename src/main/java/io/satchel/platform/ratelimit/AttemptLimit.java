package io.satchel.platform.ratelimit;

import java.time.Duration;

/** The number of attempts that are allowed within a period. */
public record AttemptLimit(int attempts, Duration period) {}
