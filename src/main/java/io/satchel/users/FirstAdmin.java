package io.satchel.users;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.Settings;
import io.satchel.http.Problem;
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
 * Makes an admin at start, if the settings name one who is no user yet. Of replicas that start at
 * the same moment, one does.
 */
class FirstAdmin {

  private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

  @Inject Settings settings;
  @Inject Validator validator;

  void make(@Observes @Priority(3) StartupEvent start) {
    String email = settings.admin().email().orElse(null);
    if (email == null) {
      if (settings.admin().password().isPresent()) {
        throw refused("email", "is missing");
      }
      return;
    }
    Optional<User> user = find(email);
    if (user.isEmpty()) {
      make(new NewUser(email, password(email), null, null, null));
    } else if (!user.get().isAdmin) {
      LOG.warnf("%s is a user already, and no admin", email);
    }
  }

  private void make(NewUser admin) {
    validator.validate(admin).stream().findFirst().ifPresent(FirstAdmin::refuse);
    User user = admin.toUser();
    user.isAdmin = true;
    try {
      QuarkusTransaction.requiringNew().run(user::save);
      LOG.infof("%s is the first admin", admin.email());
    } catch (Problem e) {
      if (find(admin.email()).isEmpty()) { // which another replica would have made, a moment ago
        throw e;
      }
    }
  }

  private static Optional<User> find(String email) {
    return QuarkusTransaction.requiringNew().call(() -> User.withEmail(email));
  }

  /** Dev mode alone makes one up, and says it, once. */
  private String password(String email) {
    return settings
        .admin()
        .password()
        .orElseGet(() -> {
          if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            throw refused("password", "is missing");
          }
          String password = UUID.randomUUID().toString();
          LOG.infof("The first admin is %s, with the password %s", email, password);
          return password;
        });
  }

  private static void refuse(ConstraintViolation<NewUser> violation) {
    throw refused(violation.getPropertyPath().toString(), violation.getMessage());
  }

  private static ConfigurationException refused(String member, String reason) {
    return new ConfigurationException(
        "SATCHEL_ADMIN_%s: %s".formatted(member.toUpperCase(Locale.ROOT), reason));
  }
}
