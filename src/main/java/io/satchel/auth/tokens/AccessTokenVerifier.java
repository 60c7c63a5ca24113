package io.satchel.auth.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.satchel.auth.keys.SigningKeys;
import io.satchel.platform.crypto.Digests;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * Verifies access tokens. Only tokens with one of our keys, RS256, our issuer and our audience are
 * accepted, whatever the header of a token says (RFC 8725).
 */
@Singleton
@Alternative
@Priority(1)
public class AccessTokenVerifier extends JWTCallerPrincipalFactory {

  private static final int MAX_VERIFIED = 10_000;
  private static final String GROUPS = "groups";

  /** The claim with the time of the log-in, which older tokens do not have. */
  static final String AUTH_TIME = Claims.auth_time.name();

  private final JwtConsumer consumer;

  /** The claims of valid tokens by their hash, because verifying a signature is expensive. */
  private final Cache<ByteBuffer, JwtClaims> verified =
      Caffeine.newBuilder()
          .maximumSize(MAX_VERIFIED)
          .expireAfterWrite(Duration.ofMinutes(5))
          .build();

  @Inject
  AccessTokenVerifier(SigningKeys keys, TokenSettings settings) {
    this.consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
            .setVerificationKeyResolver(
                new JwksVerificationKeyResolver(List.copyOf(keys.publicKeys())))
            .setExpectedType(true, AccessTokens.TYPE)
            .setExpectedIssuer(settings.issuer())
            .setExpectedAudience(settings.issuer())
            .setRequireSubject()
            .setRequireIssuedAt()
            .setRequireExpirationTime()
            .setRequireJwtId()
            .registerValidator(AccessTokenVerifier::validateSession)
            .build();
  }

  /** Returns the session of a token, if the token is valid. */
  public Optional<UUID> sessionOf(String token) {
    try {
      return Optional.of(UUID.fromString(verify(token).getStringClaimValue(AccessTokens.SESSION)));
    } catch (ParseException | MalformedClaimException e) {
      return Optional.empty();
    }
  }

  /** Quarkus calls this to identify the caller. Only the claims that are needed are passed on. */
  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
    JwtClaims claims = verify(token);
    try {
      JwtClaims caller = new JwtClaims();
      caller.setSubject(claims.getSubject());
      caller.setStringClaim(AccessTokens.SESSION, claims.getStringClaimValue(AccessTokens.SESSION));
      caller.setClaim(AUTH_TIME, claims.getClaimValue(AUTH_TIME)); // Older tokens have none.
      caller.setStringListClaim(GROUPS, claims.getStringListClaimValue(GROUPS));
      return new DefaultJWTCallerPrincipal(caller);
    } catch (MalformedClaimException e) {
      throw new ParseException("A claim of the token has the wrong type");
    }
  }

  private JwtClaims verify(String token) throws ParseException {
    ByteBuffer hash = ByteBuffer.wrap(Digests.sha256(token.getBytes(UTF_8)));
    JwtClaims known = verified.getIfPresent(hash);
    try {
      if (known != null && NumericDate.now().isBefore(known.getExpirationTime())) {
        return known;
      }
      JwtClaims claims = consumer.processToClaims(token);
      verified.put(hash, claims);
      return claims;
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw new ParseException("The token is not valid"); // The cause would contain the token.
    }
  }

  /** Returns an error message if the token has no session, or null. */
  private static String validateSession(JwtContext token) throws MalformedClaimException {
    try {
      UUID.fromString(
          String.valueOf(token.getJwtClaims().getStringClaimValue(AccessTokens.SESSION)));
      return null;
    } catch (IllegalArgumentException e) {
      return "The token has no session";
    }
  }
}
