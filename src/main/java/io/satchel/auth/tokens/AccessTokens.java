package io.satchel.auth.tokens;

import io.satchel.auth.Caller;
import io.satchel.auth.keys.SigningKeys;
import io.satchel.emails.EmailSettings;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;

/** Issues access tokens (RFC 9068). */
@Singleton
public class AccessTokens {

  /** The type of the token, in its header. */
  static final String TYPE = "at+jwt";

  /** The claim with the id of the session. */
  static final String SESSION = "sid";

  @Inject SigningKeys keys;
  @Inject Clock clock;
  @Inject TokenSettings settings;
  @Inject EmailSettings emails;

  /** Issues a token for a user. It is valid as long as the session exists. */
  public String issue(long userId, boolean isAdmin, boolean isVerified, Session session) {
    Instant now = clock.instant();
    return Jwt.issuer(settings.issuer())
        .audience(settings.issuer())
        .subject(Long.toString(userId))
        .groups(Caller.roles(isAdmin, emails.requireVerification() && !isVerified))
        .claim(Claims.jti, UUID.randomUUID().toString())
        .claim(SESSION, session.id.toString())
        .claim(Claims.auth_time, session.createdAt.getEpochSecond())
        .issuedAt(now)
        .expiresAt(now.plus(settings.accessLifetime()))
        .jws()
        .algorithm(SignatureAlgorithm.RS256)
        .type(TYPE)
        .keyId(keys.signingKeyId())
        .sign(keys.signingKey());
  }
}
