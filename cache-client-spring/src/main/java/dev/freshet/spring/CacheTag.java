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
 * What else the values of a {@code @Cacheable} method are computed from, where the method's arguments tell it. Exactly one of
 * {@link #row}, {@link #inherited} and {@link #list} is given. What only the value tells is added by {@link CacheTags#add}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(CacheTag.All.class)
public @interface CacheTag {
    /** An entity, of which a row shows in the value. */
    String row() default "";

    /** An entity, of which the value shows what descendants inherit from a row. */
    String inherited() default "";

    /** An entity, whose rows below a row of {@link #of} are listed in the value. */
    String list() default "";

    /** The parent of {@link #list}. */
    String of() default "";

    /** The parameters that are the id of the row, in the order of its columns. */
    String[] id();

    /** Several. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        CacheTag[] value();
    }
}
