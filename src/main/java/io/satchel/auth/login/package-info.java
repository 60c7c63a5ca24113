/**
 * Verification of passwords for log-ins and confirmations, with protection against guessing: failed
 * attempts are throttled by account and by address (ADR 10).
 */
package io.satchel.auth.login;
