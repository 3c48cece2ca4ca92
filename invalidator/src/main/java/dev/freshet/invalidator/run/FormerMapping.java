// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.evict.Cache;
import dev.freshet.invalidator.evict.Masters;
import dev.freshet.invalidator.plan.Eviction;
import dev.freshet.invalidator.plan.Reason;
import dev.freshet.invalidator.source.Gap;
import dev.freshet.model.meaning.Difference;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.model.meaning.MappingChange;
import dev.freshet.model.meaning.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The mapping that evicted so far, as it is kept beside the position, held against the one that evicts from now on.
 *
 * @param unknown whether a master does not tell it, or tells it in a form that cannot be read
 * @param changes what differs; several where masters do not agree
 */
record FormerMapping(boolean unknown, List<MappingChange> changes) {
    /** None but the present one. */
    static final FormerMapping SAME = new FormerMapping(false, List.of());

    FormerMapping {
        changes = List.copyOf(changes);
    }

    static FormerMapping read(Cache cache, Masters masters, Meaning now) throws InterruptedException {
        String hash = now.hash();
        if (masters.all().stream()
                .allMatch(master -> hash.equals(master.standing().mapping()))) {
            return new FormerMapping(false, List.of());
        }
        boolean unknown = false;
        var changes = new ArrayList<MappingChange>();
        List<Optional<String>> texts = cache.mappings(masters);
        for (int i = 0; i < texts.size(); i++) {
            String expected = masters.all().get(i).standing().mapping();
            Optional<Meaning> former = texts.get(i)
                    .filter(text -> Meaning.hash(text).equals(expected))
                    .flatMap(Meaning::read);
            unknown |= former.isEmpty();
            former.map(meaning -> MappingChange.between(meaning, now))
                    .filter(change -> !change.isEmpty())
                    .ifPresent(changes::add);
        }
        return new FormerMapping(unknown, changes);
    }

    boolean isSame() {
        return !unknown && changes.isEmpty();
    }

    /** Why everything may be stale, if a part does not do. */
    Optional<Gap> gap() {
        if (unknown) {
            return Optional.of(new Gap(
                    Gap.Kind.MAPPING_UNKNOWN,
                    "it is not known by which mapping was evicted so far: Redis does not tell, or another version of"
                            + " Freshet wrote it. Keys of templates that this mapping does not have are not reached"));
        }
        return changes.stream().anyMatch(MappingChange::everything)
                ? Optional.of(new Gap(Gap.Kind.MAPPING_CHANGED, told()))
                : Optional.empty();
    }

    /** Globs of keys that nobody else may know any more. */
    Set<String> keyGlobs() {
        return changes.stream()
                .flatMap(change -> change.keyGlobs().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What those keys are built from. */
    List<KeyRule> keyRules() {
        return changes.stream().flatMap(change -> change.keys().stream()).toList();
    }

    /** All that may be stale. */
    List<Eviction> evictions() {
        var evictions = new ArrayList<Eviction>();
        keyGlobs().forEach(glob -> evictions.add(new Eviction.OfKeys(glob, Reason.MAPPING_CHANGED, null)));
        changes.stream()
                .flatMap(change -> change.tagGlobs().stream())
                .distinct()
                .forEach(glob -> evictions.add(new Eviction.OfTags(glob, Reason.MAPPING_CHANGED, null)));
        return evictions;
    }

    /** What differs, for people. */
    List<String> differences() {
        return changes.stream()
                .flatMap(change -> change.differences().stream())
                .map(Difference::toString)
                .distinct()
                .toList();
    }

    /** The same in one line. */
    String told() {
        return "the mapping has changed: " + String.join("; ", differences());
    }
}
