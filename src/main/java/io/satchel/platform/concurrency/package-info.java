/** The threads of requests, and how many requests and exports run at the same time. */
package io.satchel.platform.concurrency;
