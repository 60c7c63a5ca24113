package io.satchel.http;

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
 * Refuses a request of which something could not be read, before the method sees the stand-in for
 * it. Every resource has this; a test holds them to it.
 */
@InterceptorBinding
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RefuseFaults {

  /**
   * Comes after validation (at PLATFORM_AFTER + 800), so that what is invalid is told with what is
   * unreadable.
   */
  @RefuseFaults
  @Interceptor
  @Priority(Interceptor.Priority.PLATFORM_AFTER + 900)
  class Guard {

    @Inject Faults faults;

    @AroundInvoke
    Object refuse(InvocationContext call) throws Exception {
      faults.refuse();
      return call.proceed();
    }
  }
}
