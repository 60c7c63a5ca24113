package io.satchel.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of a request to a token endpoint (RFC 6749, section 3.2). */
record Form(Map<String, List<String>> parameters) {

  private static final Pattern SEPARATOR = Pattern.compile("&");

  /** More than any grant has, those that are ignored included. */
  private static final int MAX_PARAMETERS = 100;

  /** Reads a body of the type application/x-www-form-urlencoded (RFC 6749, appendix B). */
  static Form parse(String body) {
    Map<String, List<String>> parameters = new HashMap<>();
    try {
      List<String> parts = SEPARATOR.splitAsStream(body).limit(MAX_PARAMETERS + 1).toList();
      if (parts.size() > MAX_PARAMETERS) {
        throw OAuthError.invalidRequest("There are too many parameters");
      }
      for (String parameter : parts) {
        int end = (parameter + "=").indexOf('=');
        String value = parameter.substring(Math.min(end + 1, parameter.length()));
        parameters
            .computeIfAbsent(decode(parameter.substring(0, end)), name -> new ArrayList<>())
            .add(decode(value));
      }
    } catch (IllegalArgumentException e) {
      throw OAuthError.invalidRequest("The body is not form-encoded");
    }
    return new Form(parameters);
  }

  /** A parameter that there has to be; one without a value counts as left out. */
  String get(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw OAuthError.invalidRequest(name + " must not be repeated");
    }
    String value = values.isEmpty() ? "" : values.getFirst();
    if (value.isEmpty()) {
      throw OAuthError.invalidRequest(name + " is missing");
    }
    if (value.indexOf('\0') >= 0) {
      throw OAuthError.invalidRequest(name + " must not contain U+0000");
    }
    return value;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  @Override
  public String toString() { // without what is secret
    return "A form";
  }
}
