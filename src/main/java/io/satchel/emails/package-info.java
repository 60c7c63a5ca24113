/** The outbox, in which e-mails wait to be sent, and the tokens in their links. */
package io.satchel.emails;
