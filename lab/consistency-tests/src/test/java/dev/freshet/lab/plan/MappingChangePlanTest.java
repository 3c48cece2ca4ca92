// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.Reason;
import dev.freshet.core.plan.TransactionPlanner;
import dev.freshet.core.stream.RowChange;
import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.DesignGenerator;
import dev.freshet.lab.plan.design.DesignYaml;
import dev.freshet.lab.plan.design.Tables;
import dev.freshet.lab.plan.episode.Episode;
import dev.freshet.lab.plan.episode.Episode.Transaction;
import dev.freshet.lab.plan.episode.EpisodeGenerator;
import dev.freshet.lab.plan.oracle.Target;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.meaning.MappingChange;
import dev.freshet.model.meaning.Meaning;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever two mappings evict differently is named by the difference of their meanings. */
class MappingChangePlanTest {
    private static final long SEED = Long.getLong("freshet.plan.seed", 1);
    private static final int MAPPINGS = Integer.getInteger("freshet.change.mappings", 150);
    private static final int EDITS = 5;

    private int equal;
    private int changed;
    private int differing;

    @Test
    void whatTheOneEvictsAndTheOtherDoesNotMatchesTheDifference() {
        for (int i = 0; i < MAPPINGS; i++) {
            tryMapping(SEED + i);
        }
        assertThat(equal).as("edits that mean nothing").isGreaterThan(MAPPINGS);
        assertThat(changed).as("edits that mean something").isGreaterThan(MAPPINGS);
        assertThat(differing)
                .as("targets that one of two planners alone evicts")
                .isGreaterThan(MAPPINGS);
    }

    private void tryMapping(long seed) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        Design design = new DesignGenerator(random).design();
        var edit = new MappingEdit(random);
        var author = new EpisodeGenerator(design, random);
        Mapping mapping = mapping(design).orElseThrow();
        Design respelled = edit.respelled(design);
        MappingChange none = MappingChange.between(
                Meaning.of(mapping), Meaning.of(mapping(respelled).orElseThrow()));
        assertThat(none.differences())
                .as("seed %s\n%s\n%s", seed, DesignYaml.of(design), DesignYaml.of(respelled))
                .isEmpty();
        equal++;
        for (int i = 0; i < EDITS; i++) {
            Design edited = edit.edited(design);
            Optional<Mapping> next = mapping(edited);
            if (next.isPresent()) {
                compare(seed, design, edited, mapping, next.get(), author.episode());
            }
        }
    }

    private void compare(long seed, Design design, Design edited, Mapping before, Mapping after, Episode episode) {
        Meaning was = Meaning.of(before);
        Meaning is = Meaning.of(after);
        MappingChange change = MappingChange.between(was, is);
        String what = "seed %s\n%s\n%s\n%s"
                .formatted(seed, DesignYaml.of(design), DesignYaml.of(edited), change.differences());
        assertThat(change.isEmpty()).as(what).isEqualTo(was.text().equals(is.text()));
        assertThat(change.isEmpty()).as(what).isEqualTo(was.hash().equals(is.hash()));
        assertThat(Meaning.read(is.text())).as(what).contains(is);
        equal += change.isEmpty() ? 1 : 0;
        changed += change.isEmpty() ? 0 : 1;

        List<Pattern> patterns = new ArrayList<>();
        change.keyGlobs().forEach(glob -> patterns.add(Target.pattern(new Eviction.OfKeys(glob, Reason.OWN, null))));
        change.tagGlobs().forEach(glob -> patterns.add(Target.pattern(new Eviction.OfTags(glob, Reason.OWN, null))));
        var trial = new Trial(design, new OverEvictions());
        Tables tables = episode.start();
        long number = 0;
        for (Transaction transaction : episode.transactions()) {
            Tables then = tables.copy();
            List<RowChange> changes = trial.run(transaction, then, ++number);
            Set<String> one = evicted(new Planner(before), then, changes);
            Set<String> other = evicted(new Planner(after), then, changes);
            Set<String> different = new HashSet<>(one);
            different.addAll(other);
            different.removeIf(target -> one.contains(target) && other.contains(target));
            differing += different.size();
            assertThat(different.stream().filter(target -> !named(patterns, target)))
                    .as("%s\n%s", what, changes)
                    .isEmpty();
            tables = then;
        }
    }

    /** What a planner names; and its patterns, which are those of rules. */
    private static Set<String> evicted(Planner planner, Tables now, List<RowChange> changes) {
        Set<String> evicted = new HashSet<>();
        TransactionPlanner transaction = planner.begin(now);
        transaction.plan(changes, eviction -> {
            String target = Target.named(eviction);
            evicted.add(target == null ? pattern(eviction) : target);
        });
        return evicted;
    }

    private static String pattern(Eviction eviction) {
        return eviction instanceof Eviction.OfKeys keys
                ? Target.key(keys.glob())
                : "tag *\u0000" + ((Eviction.OfTags) eviction).glob();
    }

    private static boolean named(List<Pattern> patterns, String target) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(target).matches());
    }

    private static Optional<Mapping> mapping(Design design) {
        try {
            return Optional.of(MappingParser.parse("random.yaml", new StringReader(DesignYaml.of(design))));
        } catch (MappingException e) {
            return Optional.empty();
        }
    }
}
