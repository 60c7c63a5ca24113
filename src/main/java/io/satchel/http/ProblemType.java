package io.satchel.http;

import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of problem that the service answers with, each with the page that explains it. */
public enum ProblemType {
  BAD_REQUEST(
      400,
      "Bad request",
      "The request could not be understood, as HTTP or as JSON. Mend it before you send it again."),
  TAKEN(
      400,
      "Taken",
      "A value that has to be unique is somebody else's already. Upper and lower case make no"
          + " difference. The errors member names it."),
  WRONG_PASSWORD(
      400,
      "Wrong password",
      "The password that was sent to prove who calls is not the user's. Nothing was changed."),
  UNAUTHORIZED(
      401,
      "Unauthorized",
      "The request needs an access token that is valid: Authorization: Bearer, and what POST /token"
          + " gave. It has none, or one that is expired or was ended."),
  FORBIDDEN(
      403,
      "Forbidden",
      "Your token is good, but what was asked is for the owner alone, or for admins."),
  NOT_FOUND(404, "Not found", "There is nothing at this address, or nothing that you may see."),
  METHOD_NOT_ALLOWED(
      405,
      "Method not allowed",
      "This address does not answer to this method. The Allow header lists those it answers to."),
  NOT_ACCEPTABLE(
      406,
      "Not acceptable",
      "The Accept header asks for a media type that this address does not offer."),
  IN_PROGRESS(
      409,
      "In progress",
      "A request with the same Idempotency-Key is not answered yet. Try again after the seconds in"
          + " Retry-After, and you hear the answer."),
  PRECONDITION_FAILED(
      412,
      "Precondition failed",
      "It is not what If-Match, If-None-Match or If-Unmodified-Since says: it has changed since you"
          + " read it. Nothing was changed. Read it again, and decide whether your change still makes"
          + " sense."),
  CONTENT_TOO_LARGE(
      413,
      "Content too large",
      "The body is larger than the service reads, which is 64 KiB, and 4 MiB where many are sent at"
          + " once."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Unsupported media type",
      "The body has a Content-Type that this address does not read, or has none."),
  INVALID_INPUT(
      422,
      "Invalid input",
      "The request was understood, and some of its values are not valid. The errors member names"
          + " each of them, and what is wrong with it. Nothing was changed."),
  KEY_REUSED(
      422,
      "Key reused",
      "The Idempotency-Key is that of another request. Each request needs a key of its own, which"
          + " its repetitions share. Nothing was changed."),
  TOO_MANY_REQUESTS(
      429,
      "Too many requests",
      "This was tried too often in a short time, or you have sent as many requests as you may in a"
          + " minute. Try again after the seconds in Retry-After."),
  INTERNAL_ERROR(
      500,
      "Internal error",
      "The fault is the service's. The trace_id member finds what happened in its log."),
  UNAVAILABLE(
      503,
      "Service unavailable",
      "The service cannot serve the request just now. Try again after the seconds in Retry-After.");

  final int status;
  final String title;
  final String explanation;

  ProblemType(int status, String title, String explanation) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  /** The type that says no more than that status does; a bad request where there is none such. */
  static ProblemType of(int status) {
    return Stream.of(values())
        .filter(type -> type.status == status)
        .findFirst()
        .orElse(BAD_REQUEST);
  }

  /** The type's name, as paths have it. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The type's identifier, and the path of the page that explains it. */
  URI uri() {
    return URI.create("/problems/" + slug());
  }
}
