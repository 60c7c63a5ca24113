/**
 * What entities have in common, and what the code needs to know of PostgreSQL: violated
 * constraints, advisory locks, expired rows, an unavailable database and pending migrations.
 */
package io.satchel.platform.persistence;
