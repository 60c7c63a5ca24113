package io.satchel;

import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers the last request and response, for the report of a failure. */
public final class LastExchange implements Filter {

  private static final LastExchange INSTANCE = new LastExchange();
  private static final int MAX_BODY = 2_000;

  /** Test classes run beside each other. The threads that a test starts share its value. */
  private static final ThreadLocal<AtomicReference<String>> LAST =
      new InheritableThreadLocal<>() {
        @Override
        protected AtomicReference<String> initialValue() {
          return new AtomicReference<>("");
        }
      };

  private LastExchange() {}

  /** Starts to remember the exchanges of RestAssured. */
  public static synchronized void install() {
    LAST.set(new AtomicReference<>(""));
    if (!RestAssured.filters().contains(INSTANCE)) {
      RestAssured.filters(INSTANCE);
    }
  }

  /** Returns the last request and its response, or an empty string. */
  public static String text() {
    return LAST.get().get();
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response response = context.next(request, expected);
    LAST.get()
        .set(
            "%s %s%n%s%n%s%n%s%n%s"
                .formatted(
                    request.getMethod(),
                    request.getURI(),
                    shortened(String.valueOf(request.<Object>getBody())),
                    response.statusLine(),
                    response.headers(),
                    isShortJson(response) ? shortened(response.asString()) : ""));
    return response;
  }

  /** Other bodies can be exports, which a test may not want to read completely. */
  private static boolean isShortJson(Response response) {
    String type = String.valueOf(response.contentType());
    return type.startsWith("application/json") || type.startsWith("application/problem+json");
  }

  private static String shortened(String body) {
    return body.length() <= MAX_BODY ? body : body.substring(0, MAX_BODY) + " …";
  }
}
