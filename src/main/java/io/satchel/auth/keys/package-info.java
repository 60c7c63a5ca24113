/** The keys that sign access tokens, and the endpoint that publishes their public keys. */
package io.satchel.auth.keys;
