package io.satchel.auth.keys;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;

/** Reads RSA private keys (PKCS#8 PEM). */
final class PrivateKeyFiles {

  private static final int MIN_BITS = 2048;
  private static final String GENERATED = "io.satchel.generated-signing-key";

  private PrivateKeyFiles() {}

  /** Reads a key, or prevents the start if the file does not contain a valid one. */
  static RSAPrivateCrtKey read(String name) {
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
  static RSAPrivateCrtKey generate() {
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
      return (RSAPrivateCrtKey) parse(System.getProperty(GENERATED));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ConfigurationException invalid(String reason) {
    return new ConfigurationException("SATCHEL_TOKENS_SIGNING_KEYS: " + reason + ".");
  }
}
