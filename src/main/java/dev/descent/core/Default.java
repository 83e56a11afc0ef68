package dev.descent.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a component of a spec is when nobody says it: the one place where that default is written.
///
/// The text is what a JSON document would hold: `0.9` for a number, `mean` for an enum constant, `glorotUniform` for a
/// variant without parameters of its own. A component that has neither this nor `@Nullable` is required.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
    String value();
}
