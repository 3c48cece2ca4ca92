// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names the aspects in which the old and the new rules for the same template or tags differ. */
final class Aspects<T> {
    private final Collection<T> before;
    private final Collection<T> after;
    private final List<String> differing = new ArrayList<>();

    private Aspects(Collection<T> before, Collection<T> after) {
        this.before = before;
        this.after = after;
    }

    static List<String> ofKeys(Collection<KeyRule> before, Collection<KeyRule> after) {
        return new Aspects<>(before, after)
                .compare("id", rule -> rule.of().id())
                .compare("parent", rule -> rule.of().above())
                .compare("role", KeyRule::role)
                .compare("path", KeyRule::key)
                .compare("on", KeyRule::on)
                .compare("when", KeyRule::when)
                .compare("from", KeyRule::from)
                .differing;
    }

    static List<String> ofTags(Collection<TagRule> before, Collection<TagRule> after) {
        return new Aspects<>(before, after)
                .compare(
                        "table",
                        rule -> List.of(
                                rule.of().table(), list(rule, list -> list.of().table())))
                .compare(
                        "id",
                        rule -> List.of(
                                rule.of().id(), list(rule, list -> list.of().id())))
                .compare(
                        "parent",
                        rule -> List.of(
                                rule.of().above(),
                                list(rule, list -> list.of().above()),
                                list(rule, TagRule.Listed::by)))
                .compare("isolate", rule -> List.of("" + rule.isolate(), list(rule, list -> "" + list.isolate())))
                .compare("columns", TagRule::changed)
                .differing;
    }

    private static Object list(TagRule rule, Function<TagRule.Listed, Object> part) {
        return rule.list() == null ? "" : part.apply(rule.list());
    }

    private Aspects<T> compare(String name, Function<T, Object> part) {
        if (!Objects.equals(
                before.stream().map(part).collect(Collectors.toSet()),
                after.stream().map(part).collect(Collectors.toSet()))) {
            differing.add(name);
        }
        return this;
    }
}
