package io.satchel.users;

import io.satchel.passwords.Password;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** 8 to 128 characters, as they are counted in Unicode's normal form C. */
@Constraint(validatedBy = PasswordLength.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface PasswordLength {

  String message() default "must have 8 to 128 characters";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Counts the characters of a password as it is compared. */
  class Validator implements ConstraintValidator<PasswordLength, String> {

    private static final int MIN = 8;
    private static final int MAX = 128;

    @Override
    public boolean isValid(String password, ConstraintValidatorContext context) {
      return password == null || hasRightLength(password);
    }

    static boolean hasRightLength(String password) {
      String normalized = Password.normalized(password);
      int length = normalized.codePointCount(0, normalized.length());
      return length >= MIN && length <= MAX;
    }
  }
}
