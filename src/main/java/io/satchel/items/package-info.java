/**
 * Items: things that users own. A private item is visible to its owner and to admins only; {@link
 * io.satchel.items.VisibleItems} is the only way to find items.
 */
package io.satchel.items;
