/**
 * Error responses as problem details (RFC 9457). A {@link
 * io.satchel.platform.problems.ProblemException} is thrown to end a request; each problem type has
 * a page that explains it.
 */
package io.satchel.platform.problems;
