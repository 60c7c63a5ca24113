package io.satchel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/settings.md contains each setting of the service, with its default. */
@Execution(CONCURRENT)
class SettingsDocumentTest {

  @ParameterizedTest
  @MethodSource("settings")
  void a_setting_is_documented_with_its_default(String name, String defaultValue)
      throws IOException {
    String document = Files.readString(Path.of("docs/settings.md"));
    assertThat(document, containsString("`" + name + "`"));
    if (!defaultValue.isEmpty()) {
      Matcher documented =
          Pattern.compile(
                  "- `" + name + "`: [^\n]*?(?:Default: `?([\\w,]+)`?|`(\\w+)` \\(default\\))")
              .matcher(document);
      assertTrue(documented.find(), "no default of " + name);
      String value = documented.group(1) == null ? documented.group(2) : documented.group(1);
      assertEquals(defaultValue, value.replace(",", ""));
    }
  }

  static Stream<Arguments> settings() {
    return new ClassFileImporter()
        .importPath(Path.of("target/classes")).stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .flatMap(type -> type.getMethods().stream())
            .map(setting -> Arguments.of(name(setting), defaultValue(setting)));
  }

  private static String name(JavaMethod setting) {
    JavaClass mapping = setting.getOwner();
    String property =
        mapping.getAnnotationOfType(ConfigMapping.class).prefix()
            + "."
            + StringUtil.skewer(setting.getName());
    return StringUtil.replaceNonAlphanumericByUnderscores(property).toUpperCase(Locale.ROOT);
  }

  private static String defaultValue(JavaMethod setting) {
    return setting.tryGetAnnotationOfType(WithDefault.class).map(WithDefault::value).orElse("");
  }
}
