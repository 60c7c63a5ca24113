/**
 * Completes the OpenAPI description with what many operations have in common. Resources document
 * only what is specific to them.
 */
package io.satchel.platform.openapi;
