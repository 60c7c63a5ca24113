package io.satchel.users;

import io.satchel.passwords.Guess;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** The password of a new user is not guessed soon, nor with what is known of that user. */
@Constraint(validatedBy = HardToGuess.Validator.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface HardToGuess {

  String message() default "is easy to guess";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Says what makes it easy to guess. */
  class Validator implements ConstraintValidator<HardToGuess, NewUser> {

    @Override
    public boolean isValid(NewUser user, ConstraintValidatorContext context) {
      if (user.password() == null || !PasswordLength.Validator.hasRightLength(user.password())) {
        return true; // that is another fault
      }
      Optional<String> weakness =
          Guess.weaknessOf(
              user.password(), user.email(), user.username(), user.firstName(), user.lastName());
      context.disableDefaultConstraintViolation();
      weakness.ifPresent(text ->
          context
              .buildConstraintViolationWithTemplate(text)
              .addPropertyNode("password")
              .addConstraintViolation());
      return weakness.isEmpty();
    }
  }
}
