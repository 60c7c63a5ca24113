package io.satchel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.satchel.http.RefuseFaults;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;

/** Holds the rules of the design. */
@AnalyzeClasses(packages = "io.satchel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule users_know_of_no_items =
      noClasses()
          .that()
          .resideInAPackage("..users..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..items..");

  @ArchTest
  static final ArchRule what_features_use_knows_of_no_feature =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..auth..",
              "..passwords..",
              "..limits..",
              "..lists..",
              "..retries..",
              "..http..",
              "..data..",
              "..embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..users..", "..items..");

  @ArchTest
  static final ArchRule every_operation_says_who_may_call_it =
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
  static final ArchRule nobody_knows_of_the_embedded_database =
      noClasses()
          .that()
          .resideOutsideOfPackage("..embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..embedded..");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("io.satchel.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule what_goes_in_and_out_is_a_record =
      classes()
          .that()
          .haveSimpleNameEndingWith("View")
          .or()
          .haveSimpleNameStartingWith("New")
          .or()
          .haveSimpleNameEndingWith("Change")
          .should()
          .beRecords();

  @ArchTest
  static final ArchRule no_resource_takes_or_answers_an_entity =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Path.class)
          .and()
          .arePublic()
          .should(
              ArchCondition.from(
                  describe(
                      "take and answer no entity",
                      method ->
                          typesOf(method).noneMatch(type -> type.isAnnotatedWith(Entity.class)))));

  /** What a method takes and answers, and what that is made of. */
  private static Stream<JavaClass> typesOf(JavaMethod method) {
    return Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
        .flatMap(type -> type.getAllInvolvedRawTypes().stream());
  }

  @ArchTest
  static final ArchRule every_resource_refuses_what_cannot_be_read =
      classes().that().areAnnotatedWith(Path.class).should().beAnnotatedWith(RefuseFaults.class);

  /** Hibernate makes it by reflection, which a native image has to know of. */
  @ArchTest
  static final ArchRule what_a_query_is_projected_to_is_registered_for_reflection =
      methods()
          .that(
              describe(
                  "project a query",
                  method ->
                      method.getMethodCallsFromSelf().stream()
                          .anyMatch(call -> call.getName().equals("project"))))
          .should(
              ArchCondition.from(
                  describe(
                      "project it to what is registered for reflection",
                      method ->
                          method.getReferencedClassObjects().stream()
                              .map(ReferencedClassObject::getRawType)
                              .allMatch(
                                  type -> type.isAnnotatedWith(RegisterForReflection.class)))));
}
