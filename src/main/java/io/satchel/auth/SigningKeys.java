package io.satchel.auth;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.Settings;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
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
import java.util.List;
import org.jose4j.jwk.RsaJsonWebKey;

/**
 * The keys that access tokens are signed with: the first signs, all verify and are published. The
 * service does not start without.
 */
@Startup(1) // before anything else begins to work
@Singleton
class SigningKeys {

  private static final int MIN_BITS = 2048;
  private static final String GENERATED = "io.satchel.generated-signing-key";

  private final List<RSAPrivateCrtKey> privateKeys;
  private final List<RsaJsonWebKey> publicKeys;

  SigningKeys(Settings settings) {
    this.privateKeys =
        settings
            .tokens()
            .signingKeys()
            .map(files -> files.stream().map(SigningKeys::read).distinct().toList())
            .orElseGet(SigningKeys::generated);
    this.publicKeys = privateKeys.stream().map(SigningKeys::published).toList();
  }

  /** The key that signs. */
  PrivateKey signing() {
    return privateKeys.getFirst();
  }

  /** The private keys, of which the first signs. */
  List<? extends PrivateKey> privateKeys() {
    return privateKeys;
  }

  /** The id of the key that signs: its thumbprint (RFC 7638). */
  String signingId() {
    return publicKeys.getFirst().getKeyId();
  }

  /** The public keys that verify. */
  List<RsaJsonWebKey> publicKeys() {
    return publicKeys;
  }

  private static RSAPrivateCrtKey read(String name) {
    Path file = Path.of(name.strip());
    RSAPrivateCrtKey key;
    try {
      key = (RSAPrivateCrtKey) parse(Files.readString(file));
    } catch (IOException e) {
      throw refused(file + " cannot be read");
    } catch (GeneralSecurityException | RuntimeException e) {
      throw refused(file + " holds no RSA private key in PKCS#8 PEM");
    }
    if (key.getModulus().bitLength() < MIN_BITS) {
      throw refused(
          "the key in %s has %d bits, and %d are needed at least"
              .formatted(file, key.getModulus().bitLength(), MIN_BITS));
    }
    return key;
  }

  private static PrivateKey parse(String pem) throws GeneralSecurityException {
    return KeyUtils.decodePrivateKey(pem, SignatureAlgorithm.RS256);
  }

  /** Where none are configured, dev mode has one that lasts as long as the JVM: through reloads. */
  private static List<RSAPrivateCrtKey> generated() {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      throw refused("it is missing, and has to name a file with an RSA private key in PKCS#8 PEM");
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

  private static RsaJsonWebKey published(RSAPrivateCrtKey key) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      RsaJsonWebKey published = new RsaJsonWebKey((RSAPublicKey) publicKey);
      published.setKeyId(published.calculateBase64urlEncodedThumbprint("SHA-256"));
      published.setAlgorithm(SignatureAlgorithm.RS256.getAlgorithm());
      published.setUse("sig");
      return published;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ConfigurationException refused(String reason) {
    return new ConfigurationException("SATCHEL_TOKENS_SIGNING_KEYS: " + reason + ".");
  }
}
