package io.satchel.auth.tokens;

import io.satchel.KeyFiles;
import io.satchel.TestSettings;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** Makes invalid tokens of a valid one, each with one error. */
public final class TokenForger {

  private final String valid;
  private final JwtClaims claims;
  private final PrivateKey key = KeyFiles.read(TestSettings.signingKey());
  private final RSAPublicKey publicKey = publicKey(key);

  public TokenForger(String valid) throws Exception {
    this.valid = valid;
    this.claims =
        new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setSkipSignatureVerification()
            .build()
            .processToClaims(valid);
  }

  /** Returns the tokens by their errors. */
  public Map<String, String> forgeries() throws Exception {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("rubbish", "rubbish");
    tokens.put("empty parts", "..");
    tokens.put("no signature", valid.replaceFirst("[^.]*$", ""));
    tokens.put("another signature", valid.replaceFirst(".{10}$", "AAAAAAAAAA"));
    tokens.put("expired", with(forged -> forged.setExpirationTime(NumericDate.now())));
    tokens.put("never expires", with(forged -> forged.unsetClaim("exp")));
    tokens.put("another audience", with(forged -> forged.setAudience("somebody-else")));
    tokens.put("no audience", with(forged -> forged.unsetClaim("aud")));
    tokens.put("another issuer", with(forged -> forged.setIssuer("somebody-else")));
    tokens.put("not yet", with(forged -> forged.setNotBeforeMinutesInThePast(-10)));
    tokens.put("no subject", with(forged -> forged.unsetClaim("sub")));
    tokens.put("a subject that is no number", with(forged -> forged.setSubject("abc\0")));
    tokens.put("another subject", with(forged -> forged.setSubject("1")));
    tokens.put("groups that are none", with(forged -> forged.setClaim("groups", 1)));
    tokens.put("no session", with(forged -> forged.unsetClaim("sid")));
    tokens.put("no session's id", with(forged -> forged.setStringClaim("sid", "1")));
    tokens.put(
        "a session that is none",
        with(forged -> forged.setStringClaim("sid", "00000000-0000-4000-8000-000000000000")));
    tokens.put("alg none", signed(claims, "none", null, "at+jwt"));
    tokens.put(
        "another key",
        signed(claims, "RS256", KeyFiles.read(KeyFiles.file("another-key")), "at+jwt"));
    tokens.put("another algorithm", signed(claims, "RS512", key, "at+jwt"));
    tokens.put("a probabilistic algorithm", signed(claims, "PS256", key, "at+jwt"));
    tokens.put(
        "the public key as a secret",
        signed(claims, "HS256", new SecretKeySpec(publicKey.getEncoded(), "HmacSHA256"), "at+jwt"));
    tokens.put("another type", signed(claims, "RS256", key, "JWT"));
    tokens.put("a key of its own", withKeyOfItsOwn());
    return tokens;
  }

  /** Returns a valid token that expires at a time, in seconds since 1970. */
  String expiringAt(long time) throws Exception {
    return with(claims -> claims.setExpirationTime(NumericDate.fromSeconds(time)));
  }

  /** Returns a valid token of an earlier log-in, or of none that is known if it is null. */
  String withLoginBefore(Duration time) throws Exception {
    return with(changed -> {
      if (time == null) {
        changed.unsetClaim("auth_time");
      } else {
        changed.setClaim("auth_time", Instant.now().minus(time).getEpochSecond());
      }
    });
  }

  private String with(Consumer<JwtClaims> change) throws Exception {
    JwtClaims forged = JwtClaims.parse(claims.toJson());
    change.accept(forged);
    return signed(forged, "RS256", key, "at+jwt");
  }

  private String signed(JwtClaims claims, String algorithm, Key key, String type) throws Exception {
    JsonWebSignature token = unsigned(claims, algorithm, key, type);
    return token.getCompactSerialization();
  }

  private String withKeyOfItsOwn() throws Exception {
    PrivateKey another = KeyFiles.read(KeyFiles.file("another-key"));
    JsonWebSignature token = unsigned(claims, "RS256", another, "at+jwt");
    token.getHeaders().setJwkHeaderValue("jwk", new RsaJsonWebKey(publicKey(another)));
    token.setHeader("jku", "http://localhost:1/jwks.json");
    return token.getCompactSerialization();
  }

  private JsonWebSignature unsigned(JwtClaims claims, String algorithm, Key key, String type) {
    JsonWebSignature token = new JsonWebSignature();
    token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    token.setPayload(claims.toJson());
    token.setAlgorithmHeaderValue(algorithm);
    token.setHeader("typ", type);
    token.setKeyIdHeaderValue(keyId());
    token.setKey(key);
    return token;
  }

  private String keyId() {
    return new RsaJsonWebKey(publicKey).calculateBase64urlEncodedThumbprint("SHA-256");
  }

  private static RSAPublicKey publicKey(PrivateKey key) {
    try {
      RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
