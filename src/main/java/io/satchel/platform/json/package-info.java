/** How values are written in JSON. */
package io.satchel.platform.json;
