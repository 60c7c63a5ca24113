package io.satchel.platform.http;

import static java.util.Comparator.comparingLong;

import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.platform.text.Paths;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sets the Allow header of a 405 response (RFC 9110, section 15.5.6), which Quarkus REST leaves
 * out, and of a response to OPTIONS (section 9.3.7), where Quarkus REST lists methods of other
 * paths.
 */
@Provider
@PreMatching
@Priority(Priorities.USER + 1) // After the rate limit.
public class AllowedMethods
    implements DynamicFeature, ContainerRequestFilter, ContainerResponseFilter {

  /** The methods of each path template. */
  private static final Map<String, Set<String>> METHODS = new ConcurrentHashMap<>();

  /** Returns the methods of the resource with the given path, or nothing if there is none. */
  static Set<String> of(String path) {
    return METHODS.keySet().stream()
        .filter(template -> path.matches(template.replaceAll("\\{\\w+}", "[^/]+") + "/?"))
        .min(comparingLong(template -> template.chars().filter(c -> c == '{').count()))
        .map(METHODS::get)
        .orElse(Set.of());
  }

  /** Returns whether a resource has the given path template. */
  static boolean isTemplate(String template) {
    return METHODS.containsKey(template);
  }

  /** Quarkus REST calls this for each resource method before the first request. */
  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    String template = path(resource.getResourceClass()) + path(resource.getResourceMethod());
    Set<String> methods =
        METHODS.computeIfAbsent(template, path -> new TreeSet<>(Set.of(HttpMethod.OPTIONS)));
    for (Annotation annotation : resource.getResourceMethod().getAnnotations()) {
      HttpMethod method = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (method != null) {
        methods.add(method.value());
      }
    }
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
  }

  /**
   * Rejects a method that the resource at a path without parameters does not have. Quarkus REST
   * would take the end of the path for a parameter.
   */
  @Override
  public void filter(ContainerRequestContext request) {
    Set<String> methods = METHODS.get(Paths.withoutSlash(request.getUriInfo().getPath()));
    if (methods != null && !methods.contains(request.getMethod())) {
      throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == 405 || request.getMethod().equals(HttpMethod.OPTIONS)) {
      Set<String> methods = of(request.getUriInfo().getPath());
      if (!methods.isEmpty()) {
        response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", methods));
      }
    }
  }

  private static String path(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : "/" + path.value().replaceAll("^/|/$", "");
  }
}
