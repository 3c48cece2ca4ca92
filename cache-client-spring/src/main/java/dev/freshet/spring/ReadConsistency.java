// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How fresh the values of a {@code @Cacheable} method must be at least; see {@link ConsistencyText} for the form. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReadConsistency {
    /** {@code eventual}, {@code bounded; max-age=500ms} or {@code strong}. */
    String value();
}
