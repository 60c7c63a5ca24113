package io.satchel.platform.problems;

import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The types of problem that the service reports. Each has a page that explains it. */
public enum ProblemType {
  BAD_REQUEST(
      400,
      "Bad request",
      "The request is not valid HTTP, or its body is not valid JSON. Correct it before you send it"
          + " again."),
  TAKEN(
      400,
      "Taken",
      "A value that must be unique is already in use. Upper and lower case are not distinguished."
          + " The errors member contains the name of the value."),
  WRONG_PASSWORD(
      400, "Wrong password", "The current password in the request is wrong. Nothing was changed."),
  INVALID_EMAIL_TOKEN(
      400,
      "Invalid e-mail token",
      "The token of the link is not valid: it has been used, has expired, or was replaced by the one in"
          + " a later e-mail. Request a new e-mail. Nothing was changed."),
  UNAUTHORIZED(
      401,
      "Unauthorized",
      "The request needs a valid access token in its Authorization header (Bearer). The token is"
          + " missing, invalid, expired or revoked. POST /token issues a new one."),
  INSUFFICIENT_USER_AUTHENTICATION(
      401,
      "Insufficient user authentication",
      "This needs a log-in that is at most five minutes old, so that a stolen access token is not"
          + " enough. Log in again with the password, and use the new token. Nothing was changed."),
  FORBIDDEN(
      403, "Forbidden", "The access token is valid, but only the owner or an admin may do this."),
  UNVERIFIED(
      403,
      "Unverified",
      "You must verify your e-mail address first: open the link in the e-mail that you received, or"
          + " request another one with POST /users/me/email-verification. You can also correct the"
          + " address, or delete the account."),
  NOT_FOUND(404, "Not found", "The resource does not exist, or you are not allowed to see it."),
  METHOD_NOT_ALLOWED(
      405,
      "Method not allowed",
      "The resource does not support this method. The Allow header lists the supported ones."),
  NOT_ACCEPTABLE(
      406, "Not acceptable", "The resource is not available in a media type of the Accept header."),
  REQUEST_TIMEOUT(
      408,
      "Request timeout",
      "The body of the request did not arrive in time. Send it again on a new connection."),
  IN_PROGRESS(
      409,
      "In progress",
      "A request with the same Idempotency-Key is still being processed. Wait for the number of"
          + " seconds in Retry-After, then send the request again to receive its response."),
  LAST_ADMIN(
      409,
      "Last admin",
      "The user is the last active admin, who cannot be deleted, deactivated or demoted. Make another"
          + " user an admin first. Nothing was changed."),
  ITEM_QUOTA(
      409,
      "Item quota",
      "The owner has as many items as one user can have. Delete some of them first. Nothing was"
          + " created."),
  PRECONDITION_FAILED(
      412,
      "Precondition failed",
      "The resource does not match If-Match or If-None-Match: it has changed since you read it."
          + " Nothing was changed. Read it again, then decide whether your change is still correct."),
  CONTENT_TOO_LARGE(
      413,
      "Content too large",
      "The request body is too large. The limit is 64 KiB, or 4 MiB for POST /items/batch."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Unsupported media type",
      "The Content-Type of the request body is missing, or the resource does not support it."),
  INVALID_INPUT(
      422,
      "Invalid input",
      "Some values of the request are not valid. The errors member lists each of them with the"
          + " reason. Nothing was changed."),
  KEY_REUSED(
      422,
      "Key reused",
      "The Idempotency-Key was already used for a different request. Use a new key for each"
          + " request, and the same key only to retry it. Nothing was changed."),
  TOO_MANY_REQUESTS(
      429,
      "Too many requests",
      "You have sent too many requests, or failed too many times, in a short time. Wait for the"
          + " number of seconds in Retry-After before you try again."),
  INTERNAL_ERROR(
      500,
      "Internal error",
      "The service failed to process the request. The trace_id member identifies the error in the"
          + " service's log."),
  UNAVAILABLE(
      503,
      "Service unavailable",
      "The service cannot process the request at the moment. Wait for the number of seconds in"
          + " Retry-After before you try again."),
  MAIL_UNAVAILABLE(
      503,
      "Mail unavailable",
      "The service has not been set up to send e-mails, which this operation needs. Ask the operator"
          + " of the service.");

  public final int status;
  public final String title;
  public final String explanation;

  ProblemType(int status, String title, String explanation) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  /** Returns the general type of a status, or {@link #BAD_REQUEST} if the status has none. */
  public static ProblemType of(int status) {
    return Stream.of(values())
        .filter(type -> type.status == status)
        .findFirst()
        .orElse(BAD_REQUEST);
  }

  /** Returns the header fields that each response of this type has. */
  Map<String, String> headers() {
    return switch (this) {
      case UNAUTHORIZED -> Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer"); // RFC 6750, section 3.1
      case IN_PROGRESS -> Map.of(HttpHeaders.RETRY_AFTER, "1");
      case UNAVAILABLE -> Map.of(HttpHeaders.RETRY_AFTER, "5");
      default -> Map.of();
    };
  }

  /** Returns the last segment of the type's URI. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the type's URI: the path of the page that explains it. */
  public URI uri() {
    return URI.create("/problems/" + slug());
  }
}
