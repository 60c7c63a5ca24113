/** Password hashing, and the rules for new passwords: their length and their strength. */
package io.satchel.auth.passwords;
