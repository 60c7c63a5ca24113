package io.satchel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.pagination.KeysetQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks the rules of the architecture. */
@AnalyzeClasses(packages = "io.satchel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.satchel.";
  private static final int MAX_CLASSES = 13;

  /** The packages. Each may only use those below it: the later ones. */
  private static final List<String> PACKAGES =
      List.of(
          // Features
          "accounts.emails",
          "accounts.passwords",
          "accounts.pages",
          "accounts",
          "login",
          "users",
          "items",
          "auth.attempts",
          "auth.tokens",
          "emails",
          "auth.keys",
          "auth.passwords",
          "auth",
          // The platform
          "idempotency",
          "ratelimit",
          "pagination",
          "replica",
          "http",
          "mail",
          "input",
          "conditional",
          "concurrency",
          "connections",
          "clients",
          "problems",
          "openapi",
          "persistence",
          "text",
          "crypto",
          "json",
          "tracing",
          "logging",
          "devdatabase");

  @ArchTest
  static void a_package_uses_only_packages_below_it(JavaClasses classes) {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : classes) {
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .filter(target -> position(target) < position(type))
          .forEach(target -> wrong.add(name(type) + " uses " + name(target)));
    }
    assertEquals(Set.of(), wrong);
  }

  private static int position(JavaClass type) {
    int position = PACKAGES.indexOf(name(type));
    assertTrue(position >= 0, "the list of packages does not contain " + name(type));
    return position;
  }

  /** Returns the name of a package without its parents {@code io.satchel} and {@code platform}. */
  private static String name(JavaClass type) {
    return type.getPackageName().replaceFirst("^io\\.satchel\\.(platform\\.)?", "");
  }

  @ArchTest
  static final ArchRule the_platform_does_not_know_the_features =
      noClasses()
          .that()
          .resideInAPackage("io.satchel.platform..")
          .should()
          .dependOnClassesThat(
              describe(
                  "are features",
                  type ->
                      type.getPackageName().startsWith(ROOT)
                          && !type.getPackageName().startsWith(ROOT + "platform")));

  @ArchTest
  static void packages_are_small_and_documented(JavaClasses classes) {
    Map<String, List<JavaClass>> packages =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getPackageName));
    packages.forEach((name, members) -> {
      assertTrue(members.size() <= MAX_CLASSES, name + " has " + members.size() + " classes");
      String file = "src/main/java/" + name.replace('.', '/') + "/package-info.java";
      assertTrue(Files.exists(java.nio.file.Path.of(file)), file);
    });
  }

  @ArchTest
  static final ArchRule resources_run_on_virtual_threads =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .should()
          .beAnnotatedWith(RunOnVirtualThread.class);

  @ArchTest
  static final ArchRule every_operation_declares_who_may_call_it =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Path.class)
          .and()
          .arePublic()
          .should()
          .beAnnotatedWith(PermitAll.class)
          .orShould()
          .beAnnotatedWith(RolesAllowed.class);

  @ArchTest
  static final ArchRule input_and_output_are_records =
      classes()
          .that()
          .haveSimpleNameEndingWith("View")
          .or()
          .haveSimpleNameStartingWith("New")
          .or()
          .haveSimpleNameEndingWith("Change")
          .or()
          .haveSimpleNameEndingWith("PageRequest")
          .and()
          .areNotInterfaces()
          .should()
          .beRecords();

  @ArchTest
  static final ArchRule no_resource_accepts_or_returns_an_entity =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Path.class)
          .and()
          .arePublic()
          .should(
              ArchCondition.from(
                  describe(
                      "accept and return no entity",
                      method ->
                          typesOf(method).noneMatch(type -> type.isAnnotatedWith(Entity.class)))));

  /** Returns the parameter types and the return type of a method, with their type arguments. */
  private static Stream<JavaClass> typesOf(JavaMethod method) {
    return Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
        .flatMap(type -> type.getAllInvolvedRawTypes().stream());
  }

  @ArchTest
  static final ArchRule every_resource_with_typed_input_rejects_invalid_input =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .and(
              describe(
                  "have an operation with other parameters than strings and headers",
                  type ->
                      type.getMethods().stream()
                          .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                          .flatMap(method -> method.getRawParameterTypes().stream())
                          .anyMatch(parameter ->
                              !parameter.isAssignableTo(String.class)
                                  && !parameter.isAssignableTo(HttpHeaders.class))))
          .should()
          .beAnnotatedWith(RejectInvalidInput.class);

  @ArchTest
  static final ArchRule projections_are_registered_for_reflection =
      methods()
          .that(
              describe(
                  "project a query",
                  method ->
                      method.getMethodCallsFromSelf().stream()
                              .anyMatch(call -> call.getName().equals("project"))
                          || method.getConstructorCallsFromSelf().stream()
                              .anyMatch(
                                  call -> call.getTargetOwner().isEquivalentTo(KeysetQuery.class))))
          .should(
              ArchCondition.from(
                  describe(
                      "project it to a class that is registered for reflection",
                      method ->
                          method.getReferencedClassObjects().stream()
                              .map(ReferencedClassObject::getRawType)
                              .filter(type -> !type.isAnnotatedWith(Entity.class))
                              .allMatch(
                                  type -> type.isAnnotatedWith(RegisterForReflection.class)))))
          .because("Hibernate instantiates it by reflection, which a native image must know");
}
