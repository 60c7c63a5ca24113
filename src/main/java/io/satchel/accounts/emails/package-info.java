/** Which e-mails users receive. */
package io.satchel.accounts.emails;
