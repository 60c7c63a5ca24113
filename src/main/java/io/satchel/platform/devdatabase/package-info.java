/**
 * The embedded PostgreSQL server of dev mode and the tests (ADR 3). The production artefact
 * contains these classes, but neither the library nor the binaries that they need.
 */
package io.satchel.platform.devdatabase;
