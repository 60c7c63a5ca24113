/**
 * Users: sign-up, the first admin, profile changes and lists. Users do not know items: the items
 * package implements {@link io.satchel.users.OwnedItems}.
 */
package io.satchel.users;
