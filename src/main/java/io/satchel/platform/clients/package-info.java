/**
 * Clients: who they are, and how much one of them may take of what all share, such as connections
 * and memory.
 */
package io.satchel.platform.clients;
