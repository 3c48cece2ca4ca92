// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What else the values of a {@code @Cacheable} method are computed from, if the method's arguments identify it. Set
 * exactly one of {@link #row}, {@link #inherited} and {@link #list}; otherwise the application does not start. If only
 * the loaded data identifies it, use {@link CacheTags#add} instead.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(CacheTag.All.class)
public @interface CacheTag {
    /** An entity; the value shows one of its rows. */
    String row() default "";

    /** An entity; the value shows what descendants inherit from one of its rows. */
    String inherited() default "";

    /** An entity; the value lists its rows below one row of {@link #of}. */
    String list() default "";

    /** The parent entity of {@link #list}; set together with it. */
    String of() default "";

    /** The names of the parameters that are the row's id, one per column, in the order of the columns. */
    String[] id();

    /** Holds several {@link CacheTag} annotations of one method. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        CacheTag[] value();
    }
}
