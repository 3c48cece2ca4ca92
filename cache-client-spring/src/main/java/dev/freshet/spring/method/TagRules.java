// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.cache.view.TagOf;
import dev.freshet.protocol.Tag;
import dev.freshet.spring.CacheTag;
import dev.freshet.spring.FreshetSetupException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The tags that a method's arguments tell, as its {@link CacheTag}s say. Immutable. */
public final class TagRules {
    private final List<Function<Object[], Tag>> rules;

    private TagRules(List<Function<Object[], Tag>> rules) {
        this.rules = rules;
    }

    static TagRules of(Method method, Parameters parameters, MappingRules mapping, String where) {
        return new TagRules(
                AnnotatedElementUtils.findMergedRepeatableAnnotations(method, CacheTag.class, CacheTag.All.class)
                        .stream()
                        .map(tag -> rule(tag, parameters, mapping, where))
                        .toList());
    }

    private static Function<Object[], Tag> rule(
            CacheTag tag, Parameters parameters, MappingRules mapping, String where) {
        boolean list = !tag.list().isEmpty();
        if (Stream.of(tag.row(), tag.inherited(), tag.list())
                                .filter(text -> !text.isEmpty())
                                .count()
                        != 1
                || list == tag.of().isEmpty()) {
            throw new FreshetSetupException(
                    where + " has a @CacheTag that names more or less than one thing.",
                    "Give exactly one of row, inherited, and list with of.");
        }
        String entity = list ? tag.of() : tag.row() + tag.inherited();
        var places = parameters.places(Arrays.asList(tag.id()), "the id of a @CacheTag");
        int columns = mapping.columns(entity);
        if (places.length == 0 || columns >= 0 && columns != places.length) {
            throw new FreshetSetupException(
                    where + " has a @CacheTag of " + entity + " with " + places.length + " parameters in id.",
                    "Name one parameter for each column of the entity's id"
                            + (columns < 0 ? "." : ": " + columns + "."));
        }
        if (list) {
            return args -> TagOf.list(tag.list(), tag.of(), parts(args, places));
        }
        return tag.row().isEmpty()
                ? args -> TagOf.inherited(tag.inherited(), parts(args, places))
                : args -> TagOf.row(tag.row(), parts(args, places));
    }

    List<Tag> of(Object[] args) {
        return rules.stream().map(rule -> rule.apply(args)).toList();
    }

    private static Object[] parts(Object[] args, int[] places) {
        return Arrays.stream(places).mapToObj(place -> args[place]).toArray();
    }
}
