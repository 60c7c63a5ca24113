/** The threads of requests, and how many run at the same time. */
package io.satchel.platform.concurrency;
