package io.satchel;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged service as a separate process, on free ports of the loopback interface. */
public final class PackagedService implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile(
          "Listening on: (http://\\S+)\\. Management interface listening on (http://\\S+)\\.");

  /** Short processes need neither the optimising compiler nor parallel garbage collection. */
  private static final List<String> FAST_START =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + Path.of("target", "packaged-service.jsa").toAbsolutePath());

  /** What a test class has started. Classes run beside each other, each in its own thread. */
  private static final ThreadLocal<List<PackagedService>> STARTED =
      new InheritableThreadLocal<>() {
        @Override
        protected List<PackagedService> initialValue() {
          return new CopyOnWriteArrayList<>();
        }
      };

  private final Process process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private URI root;
  private URI management;
  private Thread reader;

  private PackagedService(Process process) {
    this.process = process;
    STARTED.get().add(this);
  }

  /** Begins a new list of logs, for this thread and those that it starts. */
  static void forgetLogs() {
    STARTED.set(new CopyOnWriteArrayList<>());
  }

  /** Returns the logs of the services that the test class started last. */
  static List<String> latestLogs() {
    List<PackagedService> started = STARTED.get();
    return started.subList(Math.max(0, started.size() - 3), started.size()).stream()
        .flatMap(service -> service.log.stream())
        .toList();
  }

  /** Starts the service with its own empty database. */
  public static PackagedService startWithDatabase(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dquarkus.datasource.jdbc.url=" + TestServer.newDatabase());
    return start(all.toArray(String[]::new));
  }

  /** Starts the service with the given JVM options, and waits until it serves. */
  public static PackagedService start(String... options) {
    PackagedService service = launch(options);
    if (service.root == null) {
      throw new IllegalStateException(service.log());
    }
    return service;
  }

  /** Starts the service with the given JVM options, and waits until it serves or ends. */
  public static PackagedService launch(String... options) {
    PackagedService service = begin(options);
    service.awaitStart();
    return service;
  }

  /** Runs the service as the migration Job, and returns the exit code. */
  public static int migrate(String... options) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dquarkus.init-and-exit=true");
    try (PackagedService job = launch(all.toArray(String[]::new))) {
      assertNull(job.root, "it serves");
      return job.exitCode();
    }
  }

  /**
   * Starts the service with the given JVM options, and does not wait. A native binary does not get
   * the options of HotSpot (-XX).
   */
  public static PackagedService begin(String... options) {
    List<String> command = new ArrayList<>();
    Path artefact = artefact();
    boolean isJar = artefact.toString().endsWith(".jar");
    command.add(
        isJar
            ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
            : artefact.toString());
    if (isJar) {
      command.addAll(FAST_START);
    }
    for (String port : List.of("quarkus.http", "quarkus.management")) {
      command.add("-D" + port + ".host=127.0.0.1");
      command.add("-D" + port + ".port=0");
    }
    TestSettings.all().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-Dsatchel.tokens.access-lifetime=1D"); // Longer than any test.
    Stream.of(options).filter(option -> isJar || !option.startsWith("-XX:")).forEach(command::add);
    if (isJar) {
      command.add("-jar");
      command.add(artefact.toString());
    }
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_DATASOURCE"));
      return new PackagedService(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the result of the build: the jar or the native binary. */
  static Path artefact() {
    Path target = Path.of("target");
    try (Reader file = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
      Properties artefact = new Properties();
      artefact.load(file);
      return target.resolve(artefact.getProperty("path")).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the service serves or ends. */
  public void awaitStart() {
    awaitLog("Listening on: ");
    Matcher matcher = LISTENING.matcher(log());
    if (matcher.find()) {
      root = URI.create(matcher.group(1));
      management = URI.create(matcher.group(2));
      reader =
          Thread.ofPlatform().daemon().start(() -> process.inputReader().lines().forEach(log::add));
    }
  }

  /** Reads the log until it contains the text, or the service ends. Call it before it serves. */
  public void awaitLog(String text) {
    try {
      for (String line; (line = process.inputReader().readLine()) != null; ) {
        log.add(line);
        if (line.contains(text)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM, as Kubernetes does. */
  public void terminate() {
    process.toHandle().destroy(); // Process.destroy would also close its streams.
  }

  /** Sends SIGKILL. */
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Returns the base URL for clients. */
  public URI root() {
    return root;
  }

  /** Returns the base URL of the management port. */
  public URI management() {
    return management;
  }

  /** Returns the metrics. */
  public String metrics() {
    return RestAssured.get(management.resolve("/q/metrics")).asString();
  }

  /** Returns the sum of the metrics whose names and labels match. */
  public double metric(String pattern) {
    return Pattern.compile("^" + pattern + " (\\S+)$", Pattern.MULTILINE)
        .matcher(metrics())
        .results()
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .sum();
  }

  /** Returns a request to the service. */
  public RequestSpecification given() {
    return RestAssured.given().baseUri(root.toString());
  }

  /** Returns a request to the service with an access token. */
  public RequestSpecification as(String accessToken) {
    return given().auth().oauth2(accessToken);
  }

  /** Returns an access token of the first admin. */
  public String adminToken() {
    return accessToken(TestSettings.ADMIN_EMAIL, TestSettings.ADMIN_PASSWORD);
  }

  /** Returns an access token of a user. */
  public String accessToken(String login, String password) {
    return Api.logIn(given(), login, password)
        .statusCode(200)
        .extract()
        .jsonPath()
        .getString("access_token");
  }

  /** Waits until the readiness probe has the given status. */
  public void awaitReadiness(int status) throws InterruptedException {
    URI probe = management.resolve("/q/health/ready");
    Await.until("readiness " + status, () -> RestAssured.get(probe).statusCode() == status);
  }

  /** Returns the names of its threads, on Linux. */
  List<String> threads() throws IOException {
    List<String> names = new ArrayList<>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path task : tasks) {
        names.add(Files.readString(task.resolve("comm")).strip());
      }
    }
    return names;
  }

  /** Returns the log. */
  public String log() {
    return String.join("\n", log);
  }

  /** Waits until the log contains the text, which another thread reads. */
  public void awaitLogged(String text) {
    Await.until("log with " + text, () -> log().contains(text));
  }

  /** Waits for the service to end, and returns the exit code. */
  public int exitCode() {
    Await.until("end of the service", () -> !process.isAlive() && hasReadLog());
    return process.exitValue();
  }

  private boolean hasReadLog() {
    return reader == null || !reader.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Await.until("end of the log", this::hasReadLog);
  }
}
