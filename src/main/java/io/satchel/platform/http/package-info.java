/**
 * What happens to every request before a resource is called and to every response after it: bodies,
 * request ids, security headers, client addresses, exceptions and metric labels.
 */
package io.satchel.platform.http;
