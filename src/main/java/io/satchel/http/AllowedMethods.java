package io.satchel.http;

import static java.util.Comparator.comparingLong;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
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
 * Knows the methods that each path answers to, and lists them where RFC 9110 asks for it: in a 405
 * (section 15.5.6), where Quarkus REST lists none, and in the answer to OPTIONS (section 9.3.7),
 * where it lists those of other paths.
 */
@Provider
public class AllowedMethods implements DynamicFeature, ContainerResponseFilter {

  /** By the template of the path. */
  private static final Map<String, Set<String>> METHODS = new ConcurrentHashMap<>();

  /** The methods that this path, as it was sent, answers to: none where nothing is. */
  static Set<String> of(String path) {
    return METHODS.keySet().stream()
        .filter(template -> path.matches(template.replaceAll("\\{\\w+}", "[^/]+") + "/?"))
        .min(comparingLong(template -> template.chars().filter(c -> c == '{').count()))
        .map(METHODS::get)
        .orElse(Set.of());
  }

  /** Whether that is the path of a resource, with names in braces for what varies. */
  static boolean isTemplate(String path) {
    return METHODS.containsKey(path);
  }

  /** Called for each method of each resource before the first request. */
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

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == 405 || request.getMethod().equals(HttpMethod.OPTIONS)) {
      Set<String> methods = of(request.getUriInfo().getRequestUri().getRawPath());
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
