package io.satchel.platform.problems;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One invalid value in a request. */
@Schema(name = "Fault") // The name is part of the API: generated clients use it.
public record InputError(
    @Schema(
            description =
                "The location of the error: a JSON Pointer (RFC 6901) into the body, or / and the"
                    + " name of a path parameter, query parameter or header. Empty for the whole"
                    + " body.",
            examples = "/title")
        String pointer,
    @Schema(
            description = "What is wrong with the value, in a form that a person can read.",
            examples = "must not be null")
        String detail) {}
