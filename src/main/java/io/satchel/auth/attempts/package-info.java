/** Attempts to prove an identity with a password, which are throttled after failures. */
package io.satchel.auth.attempts;
