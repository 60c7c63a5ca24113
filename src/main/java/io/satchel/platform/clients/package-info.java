/** Clients: who they are, and how much memory one of them may take. */
package io.satchel.platform.clients;
