package io.satchel.limits;

import java.time.Duration;

/** How many attempts are allowed within a time. */
public record Limit(int allowed, Duration within) {}
