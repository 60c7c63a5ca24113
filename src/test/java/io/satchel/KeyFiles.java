package io.satchel;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;

/** Signing keys in files under {@code target}. */
public final class KeyFiles {

  private static final int BITS = 2048;

  private KeyFiles() {}

  /** Returns the file of the RSA key with the given name, and creates it if it is missing. */
  public static Path file(String name) {
    return file(name, "RSA", BITS);
  }

  /** Returns the file of a key with another algorithm or size. */
  public static synchronized Path file(String name, String algorithm, int bits) {
    Path file = Path.of("target", "keys", name + ".pem").toAbsolutePath();
    if (!Files.exists(file)) {
      write(file, generate(algorithm, bits));
    }
    return file;
  }

  /** Returns the key in a file. */
  public static PrivateKey read(Path file) {
    try {
      return KeyUtils.decodePrivateKey(Files.readString(file), SignatureAlgorithm.RS256);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PrivateKey generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair().getPrivate();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, PrivateKey key) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    try {
      Files.createDirectories(file.getParent());
      Path complete = Files.createTempFile(file.getParent(), "key", ".pem");
      Files.writeString(complete, pem);
      Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE); // Another JVM may do the same.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
