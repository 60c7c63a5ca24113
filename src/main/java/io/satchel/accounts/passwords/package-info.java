/** How users change their passwords, and how they get a new one if they have forgotten it. */
package io.satchel.accounts.passwords;
