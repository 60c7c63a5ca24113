/**
 * Who calls, and whether they may: {@link io.satchel.auth.Caller} decides it, {@link
 * io.satchel.auth.AuditLog} records it. In subpackages: sessions, tokens, keys, password hashes.
 */
package io.satchel.auth;
