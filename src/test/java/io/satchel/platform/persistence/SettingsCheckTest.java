package io.satchel.platform.persistence;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingsCheckTest {

  @Inject BeanManager beans;

  /** StartIT shows that a start ends if one of them rejects the settings. */
  @Test
  void these_classes_check_their_settings_at_start() {
    assertEquals(
        List.of(
            "EmailSettingsCheck",
            "FirstAdmin",
            "MailSettingsCheck",
            "SigningKeys",
            "TrustedProxies"),
        List.copyOf(
            beans.resolveObserverMethods(new SettingsCheck()).stream()
                .map(observer -> observer.getBeanClass().getSimpleName())
                .collect(toCollection(TreeSet::new))));
  }
}
