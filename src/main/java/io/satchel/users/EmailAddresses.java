package io.satchel.users;

import io.satchel.auth.passwords.PasswordHash;
import io.satchel.emails.EmailToken;
import io.satchel.emails.EmailType;
import io.satchel.emails.Outbox;
import io.satchel.platform.problems.ConstraintProblem;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.text.LoginKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;

/**
 * Changes and verifies e-mail addresses, and sends the links for it. A new address takes effect
 * when it is verified; if the service sends no e-mails, at once.
 */
@ApplicationScoped
public class EmailAddresses {

  @Inject Outbox outbox;

  /**
   * Changes the address of a user, or takes back a change that waits for its verification.
   *
   * @return whether the address was changed or will be
   */
  boolean change(User user, String address) {
    if (LoginKey.isSame(address, user.email)) {
      user.email = address;
      user.pendingEmail = null;
      return false;
    }
    if (!outbox.isEnabled()) {
      replace(user, address);
      user.isVerified = false;
      return true;
    }
    if (address.equals(user.pendingEmail)) {
      return false;
    }
    user.pendingEmail = address;
    outbox.cancelVerification(user.id);
    outbox.add(EmailType.EMAIL_VERIFICATION, user.id, address);
    if (user.isVerified) {
      outbox.add(EmailType.EMAIL_CHANGE, user.id, user.email);
    } else { // The address may be a stranger's, who must not get a link.
      outbox.add(EmailType.EMAIL_CHANGE_NOTICE, user.id, user.email);
    }
    return true;
  }

  /** Takes back the change of a deactivated user, and sends the link of an activated one. */
  void changeActivity(User user) {
    if (!user.isActive) {
      user.pendingEmail = null;
    } else if (user.pendingEmail != null) {
      sendVerification(user);
    }
  }

  /** Sends the link that verifies the user's pending or unverified address, if there is one. */
  public void sendVerification(User user) {
    if (user.pendingEmail != null || !user.isVerified) {
      String address = Objects.requireNonNullElse(user.pendingEmail, user.email);
      outbox.add(EmailType.EMAIL_VERIFICATION, user.id, address);
    }
  }

  /**
   * Gives an account back to the owner of an earlier address: whoever changed it may know the
   * password, and have sessions. The owner receives a link for a new password. A user who has
   * signed up with the address in the meantime, and has not verified it, loses it.
   *
   * @param changed when the change was begun
   */
  public void undoChange(User user, String address, Instant changed) {
    User.takeUnverified(address, user.id);
    outbox.cancelAll(user.id, changed);
    replace(user, address);
    user.verifyEmail();
    user.replacePassword(PasswordHash.DUMMY);
    outbox.add(EmailType.PASSWORD_RECOVERY, user.id, address);
  }

  /**
   * Records that a user has read an e-mail to an address. If it is the pending one, it becomes the
   * user's, unless another user has it now ({@link User#save}).
   *
   * @return whether it is an address of the user
   */
  public boolean verify(User user, String address) {
    if (address.equals(user.pendingEmail)) {
      replace(user, address);
    } else if (!address.equals(user.email)) {
      return false;
    }
    user.verifyEmail();
    user.save();
    return true;
  }

  /** The link in an e-mail to the old address no longer resets the password. */
  private static void replace(User user, String address) {
    EmailToken.endPasswordRecovery(user.id, user.email);
    user.email = address;
    user.pendingEmail = null;
  }

  @Produces
  @Singleton
  static ConstraintProblem emailTaken() {
    return new ConstraintProblem(
        "users_email_key", () -> ProblemException.taken("/email", "Email already registered"));
  }

  @Produces
  @Singleton
  static ConstraintProblem usernameTaken() {
    return new ConstraintProblem("users_username_key", User::usernameTaken);
  }
}
