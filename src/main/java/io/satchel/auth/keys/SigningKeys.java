package io.satchel.auth.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.satchel.platform.crypto.Digests;
import io.satchel.platform.persistence.SettingsCheck;
import io.satchel.platform.text.LoginKey;
import io.smallrye.config.ConfigMapping;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.RsaJsonWebKey;

/**
 * The RSA keys of access tokens: the first one signs, and all of them verify and are published. The
 * service does not start without a valid key.
 */
@Singleton
public class SigningKeys {

  /** The settings of signing keys. */
  @ConfigMapping(prefix = "satchel.tokens")
  interface Settings {

    /**
     * Files with RSA private keys (PKCS#8 PEM, at least 2,048 bits). The first key signs, and all
     * keys verify. Required in production; dev mode and tests generate one.
     */
    Optional<List<String>> signingKeys();
  }

  private final List<RSAPrivateCrtKey> privateKeys;
  private final List<RsaJsonWebKey> publicKeys;

  @Inject
  SigningKeys(Settings settings) {
    this.privateKeys =
        settings
            .signingKeys()
            .map(files -> files.stream().map(PrivateKeyFiles::read).distinct().toList())
            .orElseGet(() -> List.of(PrivateKeyFiles.generate()));
    this.publicKeys = privateKeys.stream().map(SigningKeys::toPublicKey).toList();
  }

  void check(@Observes SettingsCheck check) {
    // The constructor has checked the files.
  }

  /** Returns the private key that signs. */
  public PrivateKey signingKey() {
    return privateKeys.getFirst();
  }

  /** Returns the id of the key that signs: its thumbprint (RFC 7638). */
  public String signingKeyId() {
    return publicKeys.getFirst().getKeyId();
  }

  /** Returns the public keys that verify. */
  public List<RsaJsonWebKey> publicKeys() {
    return publicKeys;
  }

  /**
   * Returns a hash of the key of a login, to count it without storing it. Without the signing key,
   * nobody can try which login it is.
   */
  public String fingerprint(String login) {
    byte[] message = LoginKey.of(login).getBytes(UTF_8);
    return HexFormat.of().formatHex(mac(signingKey(), "fingerprint", message));
  }

  /** Returns the HMAC of a message by each key, that of the signing key first. */
  public List<byte[]> macs(String purpose, byte[] message) {
    return privateKeys.stream().map(key -> mac(key, purpose, message)).toList();
  }

  /** Returns an HMAC. Different purposes have different keys. */
  private static byte[] mac(PrivateKey key, String purpose, byte[] message) {
    byte[] keyOfPurpose = Digests.hmacSha256(key.getEncoded(), purpose.getBytes(UTF_8));
    return Digests.hmacSha256(keyOfPurpose, message);
  }

  private static RsaJsonWebKey toPublicKey(RSAPrivateCrtKey key) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      RsaJsonWebKey jwk = new RsaJsonWebKey((RSAPublicKey) publicKey);
      jwk.setKeyId(jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
      jwk.setAlgorithm(SignatureAlgorithm.RS256.getAlgorithm());
      jwk.setUse("sig");
      return jwk;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
