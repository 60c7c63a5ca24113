package io.satchel.users;

import io.satchel.auth.passwords.PasswordLength;
import io.satchel.auth.passwords.PasswordStrength;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** Requires a password that is hard to guess, even for someone who knows the user's names. */
@Constraint(validatedBy = StrongPassword.Validator.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface StrongPassword {

  String message() default "is easy to guess";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Reports why a password is easy to guess. */
  class Validator implements ConstraintValidator<StrongPassword, NewUser> {

    @Override
    public boolean isValid(NewUser user, ConstraintValidatorContext context) {
      if (user.password() == null || !PasswordLength.Validator.hasValidLength(user.password())) {
        return true; // Other constraints report this.
      }
      Optional<String> weakness =
          PasswordStrength.findWeakness(
              user.password(), user.email(), user.username(), user.firstName(), user.lastName());
      context.disableDefaultConstraintViolation();
      weakness.ifPresent(message ->
          context
              .buildConstraintViolationWithTemplate(message)
              .addPropertyNode("password")
              .addConstraintViolation());
      return weakness.isEmpty();
    }
  }
}
