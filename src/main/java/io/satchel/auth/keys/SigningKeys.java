package io.satchel.auth.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.platform.persistence.SettingsCheck;
import io.smallrye.config.ConfigMapping;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.RsaJsonWebKey;

/**
 * The RSA keys of access tokens: the first one signs, and all of them verify and are published. The
 * service does not start without a valid key.
 */
@Singleton
public class SigningKeys {

  private static final int MIN_BITS = 2048;
  private static final String GENERATED = "io.satchel.generated-signing-key";

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
            .map(files -> files.stream().map(SigningKeys::read).distinct().toList())
            .orElseGet(SigningKeys::generate);
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
   * Returns a hash of a text in lower case, to count it without storing it. Without the signing
   * key, nobody can try which text it is.
   */
  public String fingerprint(String text) {
    byte[] message = text.toLowerCase(Locale.ROOT).getBytes(UTF_8);
    return HexFormat.of().formatHex(mac(signingKey(), "fingerprint", message));
  }

  /** Returns the HMAC of a message by each key, that of the signing key first. */
  public List<byte[]> macs(String purpose, byte[] message) {
    return privateKeys.stream().map(key -> mac(key, purpose, message)).toList();
  }

  /** Returns an HMAC-SHA-256. Different purposes have different keys. */
  private static byte[] mac(PrivateKey key, String purpose, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), mac.getAlgorithm()));
      mac.init(new SecretKeySpec(mac.doFinal(purpose.getBytes(UTF_8)), mac.getAlgorithm()));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAPrivateCrtKey read(String name) {
    Path file = Path.of(name.strip());
    RSAPrivateCrtKey key;
    try {
      key = (RSAPrivateCrtKey) parse(Files.readString(file));
    } catch (IOException e) {
      throw invalid(file + " cannot be read");
    } catch (GeneralSecurityException | RuntimeException e) {
      throw invalid(file + " does not contain an RSA private key in PKCS#8 PEM format");
    }
    if (key.getModulus().bitLength() < MIN_BITS) {
      throw invalid(
          "the key in %s has %d bits, but at least %d are required"
              .formatted(file, key.getModulus().bitLength(), MIN_BITS));
    }
    return key;
  }

  private static PrivateKey parse(String pem) throws GeneralSecurityException {
    return KeyUtils.decodePrivateKey(pem, SignatureAlgorithm.RS256);
  }

  /** Generates a key in dev mode and tests. A system property keeps it through live reloads. */
  private static List<RSAPrivateCrtKey> generate() {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      throw invalid("is missing. Set it to a file with an RSA private key in PKCS#8 PEM format");
    }
    try {
      if (System.getProperty(GENERATED) == null) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(MIN_BITS);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        System.setProperty(GENERATED, Base64.getEncoder().encodeToString(key));
      }
      return List.of((RSAPrivateCrtKey) parse(System.getProperty(GENERATED)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
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

  private static ConfigurationException invalid(String reason) {
    return new ConfigurationException("SATCHEL_TOKENS_SIGNING_KEYS: " + reason + ".");
  }
}
