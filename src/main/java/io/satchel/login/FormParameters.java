package io.satchel.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of a request to an OAuth endpoint (RFC 6749, section 3.2 and appendix B). */
record FormParameters(Map<String, List<String>> values) {

  private static final Pattern SEPARATOR = Pattern.compile("&");
  private static final int MAX_PARAMETERS = 100;

  /**
   * Parses a body of the type application/x-www-form-urlencoded.
   *
   * @throws OAuthException invalid_request if it is not valid
   */
  static FormParameters parse(String body) {
    List<String> parameters = SEPARATOR.splitAsStream(body).limit(MAX_PARAMETERS + 1).toList();
    if (parameters.size() > MAX_PARAMETERS) {
      throw OAuthException.invalidRequest("The request has too many parameters");
    }
    try {
      return new FormParameters(
          parameters.stream()
              .map(parameter -> parameter.split("=", 2))
              .collect(
                  groupingBy(
                      parts -> decode(parts[0]),
                      mapping(parts -> parts.length == 1 ? "" : decode(parts[1]), toList()))));
    } catch (IllegalArgumentException e) {
      throw OAuthException.invalidRequest("The body is not form-encoded");
    }
  }

  /**
   * Returns a required parameter. A parameter without a value counts as missing.
   *
   * @throws OAuthException invalid_request if it is missing, repeated or not valid
   */
  String get(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw OAuthException.invalidRequest(name + " must not be repeated");
    }
    String value = all.isEmpty() ? "" : all.getFirst();
    if (value.isEmpty()) {
      throw OAuthException.invalidRequest(name + " is missing");
    }
    if (value.indexOf('\0') >= 0) {
      throw OAuthException.invalidRequest(name + " must not contain U+0000");
    }
    return value;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  @Override
  public String toString() { // Without the values, which include passwords.
    return "FormParameters";
  }
}
