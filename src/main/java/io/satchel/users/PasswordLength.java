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
import java.text.Normalizer;

/** 8 to 128 characters, as they are counted in Unicode's normal form C. */
@Constraint(validatedBy = PasswordLength.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface PasswordLength {

  String message() default "must have 8 to 128 characters";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Normalizes nothing that is too long in whatever form, as that can take very long. */
  class Validator implements ConstraintValidator<PasswordLength, String> {

    private static final int MIN = 8;
    private static final int MAX = 128;

    @Override
    public boolean isValid(String password, ConstraintValidatorContext context) {
      return password == null || hasRightLength(password);
    }

    static boolean hasRightLength(String password) {
      if (password.length() > Password.MAX_LENGTH) {
        return false;
      }
      String normalized = Normalizer.normalize(password, Normalizer.Form.NFC);
      int length = normalized.codePointCount(0, normalized.length());
      return length >= MIN && length <= MAX;
    }
  }
}
