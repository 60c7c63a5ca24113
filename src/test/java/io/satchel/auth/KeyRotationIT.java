package io.satchel.auth;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.satchel.Keys;
import io.satchel.PackagedService;
import io.satchel.embedded.EmbeddedPostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The key that signs is replaced without anybody noticing, as docs/security.md says how. */
class KeyRotationIT {

  private static final String OLD = Keys.file("old-key").toString();
  private static final String NEW = Keys.file("new-key").toString();

  /** The replicas that serve now, one after the other replaced by one with the next keys. */
  private final List<PackagedService> replicas = new CopyOnWriteArrayList<>();

  private final List<String> tokens = new CopyOnWriteArrayList<>();

  private CompletableFuture<Void> load;

  /** One for each time that every token was shown to every replica. */
  private final Semaphore rounds = new Semaphore(0);

  private final List<Integer> refusals = new CopyOnWriteArrayList<>();

  @Test
  void keys_rotate_under_load_of_valid_tokens() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgresServer.start()) {
      String url = EmbeddedPostgresServer.urlOf(database);
      replicas.add(start(url, OLD));
      String old = replicas.getFirst().adminToken();
      tokens.add(old);
      replicas.add(start(url, OLD + "," + NEW));
      tokens.add(replicas.getLast().adminToken());
      AtomicBoolean done = new AtomicBoolean();
      load = CompletableFuture.runAsync(() -> callUntil(done));
      replaceFirst(start(url, NEW + "," + OLD));
      String renewed = replicas.getLast().adminToken();
      tokens.add(renewed);
      awaitRounds();
      assertNotEquals(keyOf(old), keyOf(renewed));
      tokens.removeIf(token -> keyOf(token).equals(keyOf(old))); // as they expire
      awaitRounds();
      replaceFirst(start(url, NEW));
      awaitRounds();
      done.set(true);
      load.join();
      assertEquals(List.of(), refusals);
      assertEquals(401, call(replicas.getLast(), old));
    } finally {
      replicas.forEach(PackagedService::close);
    }
  }

  private static PackagedService start(String url, String keys) {
    return PackagedService.start(
        "-Dquarkus.datasource.jdbc.url=" + url, "-Dsatchel.tokens.signing-keys=" + keys);
  }

  /** Takes the replica that is there for longest out before it ends, as a load balancer would. */
  private void replaceFirst(PackagedService next) throws Exception {
    replicas.add(next);
    PackagedService previous = replicas.removeFirst();
    awaitRounds();
    previous.close();
  }

  /** Waits until what was on its way is answered, and everything once more. */
  private void awaitRounds() throws Exception {
    rounds.drainPermits();
    if (!rounds.tryAcquire(2, 30, SECONDS)) {
      load.get(1, SECONDS); // throws what stopped it
    }
  }

  /** Shows every token to every replica, over and over. */
  private void callUntil(AtomicBoolean done) {
    while (!done.get()) {
      for (PackagedService replica : List.copyOf(replicas)) {
        for (String token : new ArrayList<>(tokens)) {
          int status = call(replica, token);
          if (status != 200) {
            refusals.add(status);
          }
        }
      }
      rounds.release();
      LockSupport.parkNanos(MILLISECONDS.toNanos(10)); // and leave a core to what starts
    }
  }

  private static int call(PackagedService replica, String token) {
    return replica.given().auth().oauth2(token).get("/users/me").statusCode();
  }

  private static String keyOf(String token) {
    return token.replaceFirst("[.].*", "");
  }
}
