package dev.descent.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a variant of a spec computes, in the notation of its parameters, and where that comes from; shown to clients.
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Formula {

    /// The formula, in plain text: `max(z, 0)`.
    String value();

    /// Paper, book or library that defines it: `He et al. 2015`. Empty for what needs none.
    String source() default "";
}
