package io.satchel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Adds to the failure of a test the last request, its response, and the log of the service during
 * the test. JUnit applies it to all tests; the output of the tests itself is in files.
 */
public final class FailureReport
    implements BeforeAllCallback, BeforeEachCallback, TestExecutionExceptionHandler {

  private static final int MAX_LINES = 100;
  private static final Path PACKAGED_LOG = Path.of("target", "quarkus.log");
  private static final LogRecords RECORDS = new LogRecords();

  @Override
  public void beforeAll(ExtensionContext context) {
    PackagedService.forgetLogs();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws ReflectiveOperationException {
    RECORDS.lines.clear();
    Logger root = Logger.getLogger("");
    root.removeHandler(RECORDS); // Quarkus may have replaced the handlers.
    root.addHandler(RECORDS);
    lastExchange(context, "install");
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    StringBuilder report = new StringBuilder("\n--- last request and response\n");
    report.append(lastExchange(context, "text")).append("\n--- log of the service\n");
    lastLines(RECORDS.lines).forEach(line -> report.append(line).append('\n'));
    lastLines(PackagedService.latestLogs()).forEach(line -> report.append(line).append('\n'));
    if (context.getRequiredTestClass().getSimpleName().endsWith("IT")) {
      lastLines(packagedLog()).forEach(line -> report.append(line).append('\n'));
    }
    failure.addSuppressed(new Report(report.toString()));
    throw failure;
  }

  /** Quarkus loads test classes with its own class loader, which has its own RestAssured. */
  private static Object lastExchange(ExtensionContext context, String method)
      throws ReflectiveOperationException {
    ClassLoader loader = context.getRequiredTestClass().getClassLoader();
    return Class.forName(LastExchange.class.getName(), true, loader).getMethod(method).invoke(null);
  }

  private static List<String> packagedLog() {
    try {
      return Files.exists(PACKAGED_LOG) ? Files.readAllLines(PACKAGED_LOG) : List.of();
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }

  private static List<String> lastLines(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
  }

  /** Collects what the service in this JVM logs. */
  private static final class LogRecords extends Handler {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogRecords() {
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(record.getLevel() + " " + getFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final class Report extends Exception {

    private static final long serialVersionUID = 1;

    Report(String text) {
      super(text, null, false, false);
    }
  }
}
