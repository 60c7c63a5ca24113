/**
 * Keyset pagination: the next page starts after the last row of the current one, and not after a
 * number of rows. A deep page costs as much as the first one, and no row is skipped or repeated.
 */
package io.satchel.platform.pagination;
