/** Which e-mails users receive, their texts, and the process that sends them. */
package io.satchel.accounts.emails;
