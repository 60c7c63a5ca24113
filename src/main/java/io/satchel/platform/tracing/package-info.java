/** Traces, by OpenTelemetry. */
package io.satchel.platform.tracing;
