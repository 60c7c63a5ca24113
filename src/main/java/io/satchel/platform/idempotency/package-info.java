/**
 * Safe retries: a request with an {@code Idempotency-Key} takes effect once, however often a client
 * sends it. The response is stored in the same transaction as the effect (ADR 8).
 */
package io.satchel.platform.idempotency;
