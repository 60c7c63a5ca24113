package io.satchel.auth.passwords;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A password of 8 to 128 characters, counted in Unicode normalization form C. */
@Constraint(validatedBy = PasswordLength.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface PasswordLength {

  String message() default "must have 8 to 128 characters";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Validates the length of a password. Null is valid. */
  class Validator implements ConstraintValidator<PasswordLength, String> {

    private static final int MIN = 8;
    private static final int MAX = 128;

    @Override
    public boolean isValid(String password, ConstraintValidatorContext context) {
      return password == null || hasValidLength(password);
    }

    /** Returns whether a password has 8 to 128 characters. */
    public static boolean hasValidLength(String password) {
      String normalized = PasswordHash.normalize(password);
      int length = normalized.codePointCount(0, normalized.length());
      return length >= MIN && length <= MAX;
    }
  }
}
