/**
 * Rate limits: requests per minute, counted by each replica in memory, and attempts such as failed
 * log-ins, counted in PostgreSQL for all replicas, with exponential back-off (ADR 7).
 */
package io.satchel.platform.ratelimit;
