/**
 * E-mails about accounts: the outbox that they wait in, the process that writes and sends them, and
 * the tokens in their links (ADR 21). The accounts package decides who receives them.
 */
package io.satchel.emails;
