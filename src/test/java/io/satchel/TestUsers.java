package io.satchel;

import io.satchel.Api.Person;
import io.satchel.auth.passwords.PasswordHash;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;

/**
 * Creates users directly in the database, with a token of their own, for tests of something else
 * than sign-up and log-in: those hash a password each, on purpose slowly.
 */
final class TestUsers {

  private static final String INSERT =
      """
      with new_user as (
        insert into users
          (id, email, email_key, password_hash, is_active, created_at, updated_at, version)
        select nextval('users_seq'), email, email, ?, true, now(), now(), 0
        from (select cast(? as text)) new (email) returning id
      )
      insert into sessions (id, user_id, refresh_token_id, refresh_token_hash, created_at,
        last_used_at, address, expires_at)
      select ?, id, gen_random_uuid(), sha256('unused'), now(), now(), '127.0.0.1',
        now() + interval '1 day' from new_user
      returning user_id
      """;

  private static final String ISSUER = "satchel";
  private static final String HASH = PasswordHash.of(Api.PASSWORD);

  private static Connection connection;
  private static String connectedTo;

  private TestUsers() {}

  /** Creates an active user with the usual password and an access token. */
  static Person create(String jdbcUrl) {
    String email = Api.newEmail();
    UUID session = UUID.randomUUID();
    long id = insert(jdbcUrl, email, session);
    return new Person(id, email, accessToken(id, session));
  }

  private static synchronized long insert(String jdbcUrl, String email, UUID session) {
    try {
      if (!jdbcUrl.equals(connectedTo)) {
        connection = DriverManager.getConnection(jdbcUrl);
        connectedTo = jdbcUrl;
      }
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setString(1, HASH);
        insert.setString(2, email);
        insert.setObject(3, session);
        try (ResultSet rows = insert.executeQuery()) {
          rows.next();
          return rows.getLong(1);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String accessToken(long id, UUID session) {
    Instant now = Instant.now();
    return Jwt.issuer(ISSUER)
        .audience(ISSUER)
        .subject(Long.toString(id))
        .groups("user")
        .claim(Claims.jti, UUID.randomUUID().toString())
        .claim("sid", session.toString())
        .claim(Claims.auth_time, now.getEpochSecond())
        .issuedAt(now)
        .expiresAt(now.plus(Duration.ofMinutes(15)))
        .jws()
        .algorithm(SignatureAlgorithm.RS256)
        .type("at+jwt")
        .sign(KeyFiles.read(TestSettings.signingKey()));
  }
}
