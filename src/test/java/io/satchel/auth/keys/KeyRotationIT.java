package io.satchel.auth.keys;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.satchel.KeyFiles;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients do not notice the replacement of a signing key, as docs/security.md describes it. */
class KeyRotationIT {

  private static final String OLD = KeyFiles.file("old-key").toString();
  private static final String NEW = KeyFiles.file("new-key").toString();

  /** The running replicas, which are replaced one by one by replicas with the next keys. */
  private final List<PackagedService> replicas = new CopyOnWriteArrayList<>();

  private final List<String> tokens = new CopyOnWriteArrayList<>();

  private CompletableFuture<Void> load;

  /** Released each time that every token was sent to every replica. */
  private final Semaphore rounds = new Semaphore(0);

  private final List<Integer> failedStatuses = new CopyOnWriteArrayList<>();

  @Test
  void keys_can_be_rotated_under_load() throws Exception {
    String url = TestServer.newDatabase();
    try {
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
      tokens.removeIf(token -> keyOf(token).equals(keyOf(old))); // They expire.
      awaitRounds();
      replaceFirst(start(url, NEW));
      awaitRounds();
      done.set(true);
      load.join();
      assertEquals(List.of(), failedStatuses);
      assertEquals(401, call(replicas.getLast(), old));
    } finally {
      replicas.forEach(PackagedService::close);
    }
  }

  private static PackagedService start(String url, String keys) {
    return PackagedService.start(
        "-Dquarkus.datasource.jdbc.url=" + url, "-Dsatchel.tokens.signing-keys=" + keys);
  }

  /** Stops the oldest replica, after removing it from the list, as a load balancer does. */
  private void replaceFirst(PackagedService next) throws Exception {
    replicas.add(next);
    PackagedService previous = replicas.removeFirst();
    awaitRounds();
    previous.close();
  }

  /** Waits until running requests have ended, and each token was sent once more. */
  private void awaitRounds() throws Exception {
    rounds.drainPermits();
    if (!rounds.tryAcquire(2, 100, SECONDS)) {
      load.get(1, SECONDS); // throws the exception that ended the load
    }
  }

  /** Sends every token to every replica repeatedly. */
  private void callUntil(AtomicBoolean done) {
    while (!done.get()) {
      for (PackagedService replica : List.copyOf(replicas)) {
        for (String token : new ArrayList<>(tokens)) {
          int status = call(replica, token);
          if (status != 200) {
            failedStatuses.add(status);
          }
        }
      }
      rounds.release();
      LockSupport.parkNanos(MILLISECONDS.toNanos(200)); // leaves a core to the starting replica
    }
  }

  private static int call(PackagedService replica, String token) {
    return replica.given().auth().oauth2(token).get("/users/me").statusCode();
  }

  private static String keyOf(String token) {
    return token.replaceFirst("[.].*", "");
  }
}
