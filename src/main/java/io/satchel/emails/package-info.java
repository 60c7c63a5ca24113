/**
 * E-mails about accounts: the outbox that they wait in, the process that sends them, and the tokens
 * in their links (ADR 21). The accounts package writes the texts.
 */
package io.satchel.emails;
