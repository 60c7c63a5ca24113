/**
 * Who calls, and whether they are allowed to. {@link io.satchel.auth.Caller} is the only place that
 * decides it; {@link io.satchel.auth.AuditLog} records it. The subpackages issue and check tokens,
 * verify passwords and hash them.
 */
package io.satchel.auth;
