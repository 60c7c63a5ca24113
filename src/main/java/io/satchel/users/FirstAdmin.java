package io.satchel.users;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.emails.PublicUrl;
import io.satchel.platform.persistence.AdvisoryLock;
import io.satchel.platform.persistence.SettingsCheck;
import io.smallrye.config.ConfigMapping;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Creates the first admin at start, if the settings name a user who does not exist yet. If several
 * replicas start at the same time, one of them creates it.
 */
class FirstAdmin {

  private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

  /** The first admin. Both settings are required, or none. */
  @ConfigMapping(prefix = "satchel.admin")
  interface Settings {

    /** The e-mail address of the first admin. */
    Optional<String> email();

    /** The password of the first admin. Dev mode generates and logs one. */
    Optional<String> password();
  }

  private final Settings settings;
  private final Validator validator;
  private final PublicUrl service;

  @Inject
  FirstAdmin(Settings settings, Validator validator, PublicUrl service) {
    this.settings = settings;
    this.service = service;
    this.validator = validator;
  }

  /** The strength of the password is only checked for a new admin: it needs large dictionaries. */
  void checkSettings(@Observes SettingsCheck check) {
    boolean isGenerated = LaunchMode.current() == LaunchMode.DEVELOPMENT;
    if (settings.email().isPresent() && settings.password().isEmpty() && !isGenerated) {
      throw invalid("password", "is missing");
    }
    if (settings.email().isEmpty() && settings.password().isPresent()) {
      throw invalid("email", "is missing");
    }
  }

  void createAtStart(@Observes @Priority(3) StartupEvent start) {
    settings.email().ifPresent(this::createIfAbsent);
  }

  private void createIfAbsent(String email) {
    Optional<User> user = QuarkusTransaction.requiringNew().call(() -> User.findByEmail(email));
    if (user.isEmpty()) {
      create(new NewUser(email, password(email), null, null, null));
    } else if (!user.get().isAdmin) {
      LOG.warnf("The user %s exists, but is not an admin", email);
    }
  }

  private String password(String email) {
    return settings
        .password()
        .orElseGet(() -> {
          String password = UUID.randomUUID().toString();
          LOG.infof(
              "Open %1$s/docs, and log in as the admin %2$s with the password %3$s. E-mails are"
                  + " logged here, and their links open pages of %1$s",
              service.publicUrl().map(URI::toString).orElse(""), email, password);
          return password;
        });
  }

  private void create(NewUser input) {
    validator.validate(input).stream().findFirst().ifPresent(FirstAdmin::reject);
    User admin = input.toUser();
    admin.isAdmin = true;
    admin.isVerified = true; // The operator vouches for the address.
    if (QuarkusTransaction.requiringNew().call(() -> saveOnce(admin))) {
      LOG.infof("Created the first admin, %s", admin.email);
    }
  }

  /** Uses a lock, because PostgreSQL would log a violated constraint as an error. */
  private static boolean saveOnce(User admin) {
    boolean isFirst =
        AdvisoryLock.tryAcquire("first admin") && User.findByEmail(admin.email).isEmpty();
    if (isFirst) {
      admin.save();
    }
    return isFirst;
  }

  private static void reject(ConstraintViolation<NewUser> violation) {
    throw invalid(violation.getPropertyPath().toString(), violation.getMessage());
  }

  private static ConfigurationException invalid(String setting, String reason) {
    return new ConfigurationException(
        "SATCHEL_ADMIN_%s: %s".formatted(setting.toUpperCase(Locale.ROOT), reason));
  }
}
