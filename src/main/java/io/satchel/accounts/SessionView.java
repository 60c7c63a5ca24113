package io.satchel.accounts;

import io.satchel.auth.Caller;
import io.satchel.auth.tokens.Session;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The representation of a session. */
@Schema(name = "Session")
record SessionView(
    @Schema(
            implementation = String.class,
            format = "uuid",
            examples = "2f1c9c6e-5d0b-4b0e-9a57-0d6b8f0e8a11")
        UUID id,
    @Schema(
            implementation = Instant.class,
            description = "The time of the log-in.",
            examples = "2026-11-20T09:30:00.000000Z")
        Instant createdAt,
    @Schema(
            implementation = Instant.class,
            description = "When the latest tokens were issued: by the log-in, or by a refresh.",
            examples = "2026-11-20T09:45:00Z")
        Instant lastUsedAt,
    @Schema(description = "The IP address that received them.", examples = "192.0.2.7")
        String address,
    @Schema(
            nullable = true,
            description = "The User-Agent header of that client, at most 300 characters of it.",
            examples = "Mozilla/5.0")
        String userAgent,
    @Schema(description = "Whether it is the session of this request.", examples = "true")
        boolean isCurrent) {

  /** Returns the sessions of the caller that have not ended, the newest first. */
  static List<SessionView> listOf(Caller caller, Instant now) {
    return Session.findValid(caller.id(), now).stream()
        .map(session -> of(session, caller.sessionId()))
        .toList();
  }

  private static SessionView of(Session session, UUID current) {
    return new SessionView(
        session.id,
        session.createdAt,
        session.lastUsedAt,
        session.address,
        session.userAgent,
        session.id.equals(current));
  }
}
