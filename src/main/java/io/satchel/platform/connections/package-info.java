/** How many connections a client has, and how slowly it may send requests and read responses. */
package io.satchel.platform.connections;
