// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
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
 * The difference between the mapping used for evictions so far, as stored beside the position, and the one used from
 * now on.
 *
 * @param unknown whether a master does not have the former mapping, or has it in a form that cannot be read
 * @param changes what differs; several if the masters disagree
 */
public record FormerMapping(boolean unknown, List<MappingChange> changes) {
    /** The mapping has not changed. */
    static final FormerMapping SAME = new FormerMapping(false, List.of());

    public FormerMapping {
        changes = List.copyOf(changes);
    }

    public static FormerMapping read(Cache cache, Masters masters, Meaning now) throws InterruptedException {
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

    public boolean isSame() {
        return !unknown && changes.isEmpty();
    }

    /** Why the whole namespace must be purged; empty if evicting {@link #evictions} is enough. */
    public Optional<Gap> gap() {
        if (unknown) {
            return Optional.of(new Gap(
                    Gap.Kind.MAPPING_UNKNOWN,
                    "the previous mapping is unknown: Redis does not hold it, or another version of Freshet wrote it."
                            + " Keys of templates that this mapping does not have are not evicted"));
        }
        return changes.stream().anyMatch(MappingChange::everything)
                ? Optional.of(new Gap(Gap.Kind.MAPPING_CHANGED, told()))
                : Optional.empty();
    }

    /** Globs of the keys that the change makes stale; only the former mapping may know them. */
    public Set<String> keyGlobs() {
        return changes.stream()
                .flatMap(change -> change.keyGlobs().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The key rules of those keys. */
    public List<KeyRule> keyRules() {
        return changes.stream().flatMap(change -> change.keys().stream()).toList();
    }

    /** Everything that may be stale because of the change. */
    public List<Eviction> evictions() {
        var evictions = new ArrayList<Eviction>();
        keyGlobs().forEach(glob -> evictions.add(new Eviction.OfKeys(glob, Reason.MAPPING_CHANGED, null)));
        changes.stream()
                .flatMap(change -> change.tagGlobs().stream())
                .distinct()
                .forEach(glob -> evictions.add(new Eviction.OfTags(glob, Reason.MAPPING_CHANGED, null)));
        return evictions;
    }

    /** The differences, for people. */
    public List<String> differences() {
        return changes.stream()
                .flatMap(change -> change.differences().stream())
                .map(Difference::toString)
                .distinct()
                .toList();
    }

    /** The same in one line. */
    public String told() {
        return "the mapping has changed: " + String.join("; ", differences());
    }
}
