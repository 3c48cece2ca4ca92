// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Influence;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import java.util.List;

/**
 * What changes of one row evict.
 *
 * @param exists whether the row exists now
 */
record RowExplanation(
        EntityMapping entity,
        List<String> id,
        Asked<Boolean> exists,
        List<TemplateEffect> templates,
        List<TagEffect> tags) {

    /**
     * Keys of one template.
     *
     * @param influences the places of the row's table in the template's join; at least one
     * @param keys those that a delete of the row would evict now
     */
    record TemplateEffect(EntityMapping owner, KeyTemplate template, List<Influence> influences, Asked<Keys> keys) {}

    /**
     * The keys of one template that no other template has a more specific reason for.
     *
     * @param first some of them
     * @param count how many there are
     * @param counted whether all were counted
     * @param elsewhere how many keys more it has, which are listed at another template
     */
    record Keys(List<Eviction> first, int count, boolean counted, int elsewhere) {}

    /** @param when such as {@code insert, delete} or {@code update of name} */
    record TagEffect(String when, List<Eviction> evictions) {}
}
