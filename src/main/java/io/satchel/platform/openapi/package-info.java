/**
 * Completes the OpenAPI description at build time with what many operations have in common: problem
 * responses, headers and parameters. Resources document only what is specific to them.
 */
package io.satchel.platform.openapi;
