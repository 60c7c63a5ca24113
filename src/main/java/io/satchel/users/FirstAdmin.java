package io.satchel.users;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.config.ConfigMapping;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
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

  @Inject Settings settings;
  @Inject Validator validator;

  void createAtStart(@Observes @Priority(3) StartupEvent start) {
    String email = settings.email().orElse(null);
    if (email == null) {
      if (settings.password().isPresent()) {
        throw invalid("email", "is missing");
      }
      return;
    }
    Optional<User> user = find(email);
    if (user.isEmpty()) {
      create(new NewUser(email, password(email), null, null, null));
    } else if (!user.get().isAdmin) {
      LOG.warnf("The user %s exists, but is not an admin", email);
    }
  }

  private void create(NewUser input) {
    validator.validate(input).stream().findFirst().ifPresent(FirstAdmin::reject);
    User user = input.toUser();
    user.isAdmin = true;
    try {
      QuarkusTransaction.requiringNew().run(user::save);
      LOG.infof("Created the first admin, %s", input.email());
    } catch (ProblemException e) {
      if (find(input.email()).isEmpty()) { // Otherwise another replica has just created it.
        throw e;
      }
    }
  }

  private static Optional<User> find(String email) {
    return QuarkusTransaction.requiringNew().call(() -> User.findByEmail(email));
  }

  private String password(String email) {
    return settings
        .password()
        .orElseGet(() -> {
          if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            throw invalid("password", "is missing");
          }
          String password = UUID.randomUUID().toString();
          LOG.infof("The first admin is %s, with the password %s", email, password);
          return password;
        });
  }

  private static void reject(ConstraintViolation<NewUser> violation) {
    throw invalid(violation.getPropertyPath().toString(), violation.getMessage());
  }

  private static ConfigurationException invalid(String setting, String reason) {
    return new ConfigurationException(
        "SATCHEL_ADMIN_%s: %s".formatted(setting.toUpperCase(Locale.ROOT), reason));
  }
}
