/**
 * A read replica: a standby of PostgreSQL that lists are read from, as long as it is not too far
 * behind (docs/adr/0011-read-replicas.md). Everything else uses the primary.
 */
package io.satchel.platform.replica;
