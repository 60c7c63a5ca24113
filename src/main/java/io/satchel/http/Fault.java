package io.satchel.http;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One thing that is wrong with a request. */
public record Fault(
    @Schema(
            description =
                "Where the fault is: a JSON Pointer (RFC 6901) into the body, or / and the name of a"
                    + " parameter of the path, the query or the headers. Empty for the whole body.",
            examples = "/title")
        String pointer,
    @Schema(description = "What is wrong there, for a person.", examples = "must not be null")
        String detail) {}
