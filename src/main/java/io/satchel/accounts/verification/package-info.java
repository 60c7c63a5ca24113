/** How users show that an e-mail address is theirs: with the token of an e-mail. */
package io.satchel.accounts.verification;
