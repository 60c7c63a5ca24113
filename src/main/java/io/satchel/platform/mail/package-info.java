/** Transmits e-mails to a mail server, with Jakarta Mail. */
package io.satchel.platform.mail;
