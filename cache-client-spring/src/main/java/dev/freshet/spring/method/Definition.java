// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.spring.CachedView;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;

/**
 * What a method is a view of.
 *
 * @param listOf empty for a view of rows
 * @param id names of parameters; empty: all but the owner
 * @param owner empty for none
 */
public record Definition(String entity, String listOf, List<String> id, String owner) {
    /** As the configuration says, or the annotation, or the mapping if it has an entity of the cache's name; null if none does. */
    static Definition of(String cache, CacheSettings settings, Method method, MappingRules mapping) {
        if (StringUtils.hasText(settings.entity())) {
            return new Definition(settings.entity(), text(settings.listOf()), settings.id(), text(settings.owner()));
        }
        var view = AnnotatedElementUtils.findMergedAnnotation(method, CachedView.class);
        if (view != null) {
            return new Definition(view.entity(), view.listOf(), Arrays.asList(view.id()), view.owner());
        }
        return mapping.has(cache) ? new Definition(cache, "", settings.id(), text(settings.owner())) : null;
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
