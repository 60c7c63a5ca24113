/**
 * Users: sign-up, the first admin, profile changes and lists. Users do not know items: the items
 * package implements {@link io.satchel.users.OwnedItemsFinder}.
 */
package io.satchel.users;
