package io.satchel.platform.input;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Rejects a request that could not be read completely, before the resource method is called. Every
 * resource with typed input needs it; {@code ArchitectureTest} checks this.
 */
@InterceptorBinding
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RejectInvalidInput {

  /**
   * Runs after Bean Validation (PLATFORM_AFTER + 800), so that a response lists the errors of both.
   */
  @RejectInvalidInput
  @Interceptor
  @Priority(Interceptor.Priority.PLATFORM_AFTER + 900)
  class InputErrorsInterceptor {

    @Inject InputErrors errors;

    @AroundInvoke
    Object rejectIfAny(InvocationContext call) throws Exception {
      errors.rejectIfAny();
      return call.proceed();
    }
  }
}
