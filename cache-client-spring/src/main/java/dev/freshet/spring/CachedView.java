// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a {@code @Cacheable} method returns: a view of one row of an entity, or the list of another entity's rows below
 * that row. Each value carries the tag of that row or of that list, and a commit that changes it evicts the value.
 *
 * <pre>{@code
 * @Cacheable("products")
 * @CachedView(entity = "category", listOf = "product", id = "category")
 * public List<Product> products(long category, int page) { … }
 * }</pre>
 *
 * <p>Parameters that are neither part of the id nor the owner become part of the entry's name. So each combination of
 * their arguments has its own entry.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CachedView {
    /** The entity, as the invalidator's mapping names it. */
    String entity();

    /** The entity whose rows below that row are listed. Default: a view of the row itself. */
    String listOf() default "";

    /**
     * The names of the parameters that are the row's id, in the order of its columns. Default: all parameters except
     * the owner. Cannot be combined with {@code key} of {@code @Cacheable}. If that is given, its value is the id: a
     * text, a whole number, a UUID, or a list of these.
     */
    String[] id() default {};

    /** The name of the parameter that is the row's owner, if the mapping has an {@code isolate} for the entity. */
    String owner() default "";
}
