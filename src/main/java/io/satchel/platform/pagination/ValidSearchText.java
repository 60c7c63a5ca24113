package io.satchel.platform.pagination;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.validator.constraints.CodePointLength;

/** A search text: at most 200 characters, without U+0000, which PostgreSQL cannot store. */
@Constraint(validatedBy = {})
@CodePointLength(max = ValidSearchText.MAX)
@Pattern(regexp = "[^\\x00]*", message = "must not contain U+0000")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface ValidSearchText {

  int MAX = 200;

  String message() default "must be a search text";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
