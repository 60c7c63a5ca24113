/** Users: sign-up, the first admin, profile changes, lists, and the items of one user. */
package io.satchel.users;
