// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The difference between the mapping that was used for evictions so far and the one to be used from now on. Keys and
 * tags that differ may be stale: the former mapping may not have evicted them, and nothing evicts any longer what only
 * the former mapping had.
 *
 * @param everything whether everything may be stale, because the two differ in their rules version or namespace
 * @param differences for people to read
 * @param keys the rules of the templates that differ, from both mappings
 * @param tags the rules of the tags that differ, from both mappings
 */
public record MappingChange(boolean everything, List<Difference> differences, List<KeyRule> keys, List<TagRule> tags) {
    public MappingChange {
        differences = List.copyOf(differences);
        keys = List.copyOf(keys);
        tags = List.copyOf(tags);
    }

    public static MappingChange between(Meaning before, Meaning after) {
        var differences = new ArrayList<Difference>();
        boolean everything =
                before.rules() != after.rules() || !before.namespace().equals(after.namespace());
        if (before.rules() != after.rules()) {
            differences.add(new Difference(
                    Difference.Kind.CHANGED,
                    "Freshet understands mappings in another way: version " + after.rules() + ", was " + before.rules(),
                    List.of()));
        }
        if (!before.namespace().equals(after.namespace())) {
            differences.add(new Difference(
                    Difference.Kind.CHANGED,
                    "the namespace is " + after.namespace() + ", was " + before.namespace(),
                    List.of()));
        }
        tell(
                only(before.tables(), after.tables()),
                only(after.tables(), before.tables()),
                table -> "table " + table,
                (was, is) -> List.of(),
                differences);
        List<KeyRule> oldKeys = only(before.keys(), after.keys());
        List<KeyRule> newKeys = only(after.keys(), before.keys());
        tell(
                oldKeys,
                newKeys,
                rule -> "template " + rule.spelled() + " of " + rule.of().table(),
                Aspects::ofKeys,
                differences);
        List<TagRule> oldTags = only(before.tags(), after.tags());
        List<TagRule> newTags = only(after.tags(), before.tags());
        tell(oldTags, newTags, rule -> "tags " + rule.tags(), Aspects::ofTags, differences);
        return new MappingChange(everything, differences, both(oldKeys, newKeys), both(oldTags, newTags));
    }

    /** Whether the two have the same meaning. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** Redis globs of the keys that may be stale. */
    public Set<String> keyGlobs() {
        return keys.stream().map(KeyRule::glob).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Redis globs of the names of the tags whose entries may be stale. */
    public Set<String> tagGlobs() {
        return tags.stream().map(TagRule::tags).collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> List<T> only(Collection<T> these, Collection<T> notThese) {
        var rest = new HashSet<>(notThese);
        return these.stream().filter(rule -> !rest.contains(rule)).toList();
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static <T> void tell(
            List<T> before,
            List<T> after,
            Function<T, String> name,
            BiFunction<Collection<T>, Collection<T>, List<String>> aspects,
            List<Difference> differences) {
        Map<String, List<T>> was = before.stream().collect(Collectors.groupingBy(name));
        Map<String, List<T>> is = after.stream().collect(Collectors.groupingBy(name));
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (String what : names) {
            var kind = Difference.Kind.of(was.containsKey(what), is.containsKey(what));
            differences.add(new Difference(
                    kind,
                    what,
                    kind == Difference.Kind.CHANGED ? aspects.apply(was.get(what), is.get(what)) : List.of()));
        }
    }
}
