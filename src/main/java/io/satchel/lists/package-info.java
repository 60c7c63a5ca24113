/**
 * Lists that page by keyset: the next page begins after a row, and not after a number of rows, so
 * that it costs what is on it, however deep it is. What a list is ordered by is the value and the
 * id of each row, which no two rows share; a cursor has both, of the last row of a page.
 */
package io.satchel.lists;
