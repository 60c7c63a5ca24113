/**
 * Who calls, and whether they are allowed to. {@link io.satchel.auth.Caller} is the only place that
 * decides it; {@link io.satchel.auth.AuditLog} records it. The subpackages contain sessions and
 * tokens, keys, and password hashes.
 */
package io.satchel.auth;
