/** Content negotiation (RFC 9110, section 12.5.1): which media type a response has. */
package io.satchel.platform.negotiation;
