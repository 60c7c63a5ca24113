package io.satchel.auth;

import io.satchel.Settings;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * Issues access tokens (RFC 9068), and takes none but those: of our own keys, by RS256, by and for
 * us, whatever a token says of itself (RFC 8725).
 */
@Singleton
@Alternative
@Priority(1)
class AccessTokens extends JWTCallerPrincipalFactory {

  /** The claim that has the family that a token belongs to. */
  static final String FAMILY = "sid";

  private static final String GROUPS = "groups";
  private static final String TYPE = "at+jwt";

  private final SigningKeys keys;
  private final Clock clock;
  private final String issuer;
  private final Duration lifetime;
  private final JwtConsumer consumer;

  @Inject
  AccessTokens(SigningKeys keys, Clock clock, Settings settings) {
    this.keys = keys;
    this.clock = clock;
    this.issuer = settings.tokens().issuer();
    this.lifetime = settings.tokens().accessLifetime();
    this.consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(
                    ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256))
            .setVerificationKeyResolver(
                new JwksVerificationKeyResolver(List.copyOf(keys.publicKeys())))
            .setExpectedType(true, TYPE)
            .setExpectedIssuer(issuer)
            .setExpectedAudience(issuer)
            .setRequireSubject()
            .setRequireIssuedAt()
            .setRequireExpirationTime()
            .setRequireJwtId()
            .registerValidator(AccessTokens::validateFamily)
            .build();
  }

  /** How long a token is good for. */
  Duration lifetime() {
    return lifetime;
  }

  /** A token for that account, for as long as that family is there. */
  String issue(Account account, UUID family) {
    Instant now = clock.instant();
    return Jwt.issuer(issuer)
        .audience(issuer)
        .subject(Long.toString(account.id()))
        .groups(Caller.roles(account.isAdmin()))
        .claim(Claims.jti, UUID.randomUUID().toString())
        .claim(FAMILY, family.toString())
        .issuedAt(now)
        .expiresAt(now.plus(lifetime))
        .jws()
        .algorithm(SignatureAlgorithm.RS256)
        .type(TYPE)
        .keyId(keys.signingId())
        .sign(keys.signing());
  }

  /** The family of a token that is good. */
  Optional<UUID> familyOf(String token) {
    try {
      return Optional.of(UUID.fromString(claims(token).getStringClaimValue(FAMILY)));
    } catch (ParseException | MalformedClaimException e) {
      return Optional.empty();
    }
  }

  /** What Quarkus asks who is calling: no more of a token than is asked of it here. */
  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
    JwtClaims claims = claims(token);
    try {
      JwtClaims caller = new JwtClaims();
      caller.setSubject(claims.getSubject());
      caller.setStringClaim(FAMILY, claims.getStringClaimValue(FAMILY));
      caller.setStringListClaim(GROUPS, claims.getStringListClaimValue(GROUPS));
      return new DefaultJWTCallerPrincipal(caller);
    } catch (MalformedClaimException e) {
      throw new ParseException("The token has a claim of another type");
    }
  }

  private JwtClaims claims(String token) throws ParseException {
    try {
      return consumer.processToClaims(token);
    } catch (InvalidJwtException e) {
      throw new ParseException("The token is not valid"); // what it is not, the cause would repeat
    }
  }

  /** A claim by which a token of ours names its family; why it is none, where it is not. */
  private static String validateFamily(JwtContext token) throws MalformedClaimException {
    try {
      UUID.fromString(String.valueOf(token.getJwtClaims().getStringClaimValue(FAMILY)));
      return null;
    } catch (IllegalArgumentException e) {
      return "There is no family in it";
    }
  }
}
