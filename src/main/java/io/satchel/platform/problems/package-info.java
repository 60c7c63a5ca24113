/**
 * Error responses as problem details (RFC 9457). Throwing a {@link
 * io.satchel.platform.problems.ProblemException} ends a request; each problem type has a page.
 */
package io.satchel.platform.problems;
