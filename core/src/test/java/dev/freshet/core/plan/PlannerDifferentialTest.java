// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.plan.rows.Lookback;
import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random transactions: what the planner evicts against what a recomputation of everything says is stale. */
class PlannerDifferentialTest {
    private static final int ROUNDS = Integer.getInteger("freshet.rounds", 200);

    /** A file of deploy/mappings, or a name below. */
    private static Mapping mapping(String name) throws IOException {
        Path folder = Path.of("..", "deploy", "mappings");
        return switch (name) {
            case "contexts with keys and tags" ->
                MappingParser.parse(
                        name,
                        new StringReader(Files.readString(folder.resolve("contexts-plain.yaml"))
                                .replace("namespace: ctx", "tags: true")));
            case "odd paths" -> MappingParser.parse(name, new StringReader(ODD_PATHS));
            default -> MappingParser.parse(folder.resolve(name));
        };
    }

    /** Self references, branches that fork, keys from both ends, columns that are key and join at once. */
    private static final String ODD_PATHS = """
            freshet: 1
            entities:
              person:
                table: person
                id: id
                references: { boss: { entity: person, columns: boss_id }, team: { entity: team, columns: [org, team], to: [org, code] } }
                keys:
                  - "a:{name}:{boss.name}:{boss.boss.name}"
                  - "b:{person(boss).name}:{team.lead.name}"
                  - key: "c:{team.person(team).id}"
                    on: []
                    from: { boss: [name], team.lead: [name] }
              team:
                table: team
                id: [org, code]
                references: { lead: { entity: person, columns: lead_id } }
                keys: [ "d:{org}:{person(team).name}:{person(team).boss.id}", "teams" ]
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rental-shop.yaml",
                "contexts-plain.yaml",
                "contexts.yaml",
                "contexts with keys and tags",
                "odd paths"
            })
    void evictsExactlyWhatIsStale(String name) throws IOException {
        Mapping mapping = mapping(name);
        var planner = new Planner(mapping);
        int stale = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            var scene = Scene.random(mapping, seed);
            Set<String> expected = scene.stale();
            Set<String> planned = new TreeSet<>();
            planner.begin(scene.after).plan(scene.changes, eviction -> planned.add(show(eviction)));
            assertThat(planned)
                    .as("seed %d, changes %s", seed, describe(scene.changes))
                    .isEqualTo(expected);
            stale += expected.size();
        }
        assertThat(stale).as("something was stale at all").isGreaterThan(ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rental-shop.yaml", "contexts with keys and tags", "odd paths"})
    void inChunksMissesNothingAndEvictsNoKeyThatNeverWas(String name) throws IOException {
        Mapping mapping = mapping(name);
        var planner = new Planner(mapping);
        for (int seed = 0; seed < ROUNDS; seed++) {
            var dice = dice(seed);
            var scene = Scene.random(mapping, seed);
            Set<String> planned = inChunks(planner.begin(scene.after), scene.changes, dice);
            String as = "seed " + seed + ", changes " + describe(scene.changes);
            assertThat(planned).as(as).containsAll(scene.stale());
            Set<String> possible = new Oracle(mapping)
                    .facts(everyVersion(mapping, scene.before, scene.changes))
                    .keySet();
            assertThat(possible).as(as).containsAll(planned);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rental-shop.yaml", "contexts with keys and tags", "odd paths"})
    void behindTheDatabaseItMissesNothing(String name) throws IOException {
        Mapping mapping = mapping(name);
        var planner = new Planner(mapping);
        for (int seed = 0; seed < ROUNDS; seed++) {
            var dice = dice(seed);
            var random = new RandomTransaction(mapping, new Random(seed));
            List<World> worlds = new ArrayList<>(List.of(random.world()));
            List<List<RowChange>> transactions = new ArrayList<>();
            for (int i = 1 + dice.nextInt(5); i > 0; i--) {
                World after = worlds.get(worlds.size() - 1).copy();
                transactions.add(random.run(after));
                worlds.add(after);
            }
            Set<String> stale = new TreeSet<>();
            Set<String> planned = new TreeSet<>();
            Lookback lookback = planner.newLookback();
            int seen = 0;
            for (int i = 0; i < transactions.size(); i++) {
                stale.addAll(new Oracle(mapping).stale(worlds.get(i), worlds.get(i + 1)));
                lookback.reached(new Lsn(i));
                seen = Math.max(Math.max(seen, i + 1), dice.nextInt(worlds.size()));
                TransactionPlanner transaction = planner.begin(worlds.get(seen), lookback);
                transaction.plan(transactions.get(i), eviction -> planned.add(show(eviction)));
                transaction.end(new Lsn(i));
                if (dice.nextBoolean()) {
                    lookback.lookedUpAt(new Lsn(seen));
                }
            }
            assertThat(planned)
                    .as(
                            "seed %d, transactions %s",
                            seed, transactions.stream().map(t -> describe(t)).toList())
                    .containsAll(stale);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rental-shop.yaml", "contexts with keys and tags", "odd paths"})
    void transactionsThatItIsNotBehindWithAddNothingToLaterOnes(String name) throws IOException {
        Mapping mapping = mapping(name);
        var planner = new Planner(mapping);
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new RandomTransaction(mapping, new Random(seed));
            World world = random.world();
            Lookback lookback = planner.newLookback();
            for (int i = 0; i < 4; i++) {
                List<RowChange> changes = random.run(world);
                lookback.reached(new Lsn(i));
                Set<String> planned = new TreeSet<>();
                TransactionPlanner transaction = planner.begin(world, lookback);
                transaction.plan(changes, eviction -> planned.add(show(eviction)));
                transaction.end(new Lsn(i));
                lookback.lookedUpAt(new Lsn(i + 1));
                Set<String> alone = new TreeSet<>();
                planner.begin(world).plan(changes, eviction -> alone.add(show(eviction)));
                assertThat(planned).as("seed %d, transaction %d", seed, i).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rental-shop.yaml", "contexts with keys and tags", "odd paths"})
    void pastItsCapacityItEvictsByPattern(String name) throws IOException {
        Mapping mapping = mapping(name);
        for (int seed = 0; seed < ROUNDS; seed++) {
            var dice = dice(seed);
            var scene = Scene.random(mapping, seed);
            var transaction = new Planner(mapping, dice.nextInt(4)).begin(scene.after);
            Set<String> planned = inChunks(transaction, scene.changes, dice);
            assertCovered(planned, scene.stale(), seed, scene.changes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rental-shop.yaml", "contexts with keys and tags", "odd paths"})
    void withoutOldImagesItMissesNothing(String name) throws IOException {
        Mapping mapping = mapping(name);
        var planner = new Planner(mapping);
        for (int seed = 0; seed < ROUNDS; seed++) {
            var dice = dice(seed);
            var scene = Scene.random(mapping, seed);
            List<RowChange> poor = scene.changes.stream()
                    .map(change -> identityOnly(mapping, change))
                    .toList();
            Set<String> planned = inChunks(planner.begin(scene.after), poor, dice);
            assertCovered(planned, scene.stale(), seed, poor);
        }
    }

    /** A random transaction, and the world before and after it. */
    private record Scene(Mapping mapping, World before, World after, List<RowChange> changes) {
        static Scene random(Mapping mapping, int seed) {
            var random = new RandomTransaction(mapping, new Random(seed));
            World before = random.world();
            World after = before.copy();
            return new Scene(mapping, before, after, random.run(after));
        }

        Set<String> stale() {
            return new Oracle(mapping).stale(before, after);
        }
    }

    /** For what the test itself leaves to chance. */
    private static Random dice(int seed) {
        return new Random(seed * 31L);
    }

    private static Set<String> inChunks(TransactionPlanner transaction, List<RowChange> changes, Random dice) {
        Set<String> planned = new TreeSet<>();
        for (int i = 0; i < changes.size(); ) {
            int end = Math.min(changes.size(), i + 1 + dice.nextInt(4));
            transaction.plan(changes.subList(i, end), eviction -> planned.add(show(eviction)));
            i = end;
        }
        return planned;
    }

    /** What is shipped under REPLICA IDENTITY DEFAULT. */
    private static RowChange identityOnly(Mapping mapping, RowChange change) {
        if (change.before() == null) {
            return change;
        }
        List<String> id = mapping.entityOf(change.table()).orElseThrow().id();
        boolean sameId = change.after() != null
                && change.after().get(id).equals(change.before().get(id));
        Row before = sameId ? null : change.before().project(Header.of(id));
        return new RowChange(change.table(), change.operation(), before, change.after(), change.origin());
    }

    /** Every image that a row ever had, side by side. */
    private static World everyVersion(Mapping mapping, World before, List<RowChange> changes) {
        World all = before.copy();
        for (RowChange change : changes) {
            var rows = all.rows(mapping.entityOf(change.table()).orElseThrow());
            for (Row image : new Row[] {change.before(), change.after()}) {
                if (image != null) {
                    Row full = change.before() == null ? image : image.filledFrom(change.before());
                    rows.add(full.values());
                }
            }
        }
        return all;
    }

    private static void assertCovered(Set<String> planned, Set<String> stale, int seed, List<RowChange> changes) {
        List<Pattern> patterns = planned.stream()
                .filter(p -> p.startsWith("keys ") || p.startsWith("tags "))
                .map(PlannerDifferentialTest::pattern)
                .toList();
        Set<String> missed = stale.stream()
                .filter(s -> !planned.contains(s)
                        && patterns.stream().noneMatch(p -> p.matcher(s).matches()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missed)
                .as("seed %d, changes %s, planned %s", seed, describe(changes), planned)
                .isEmpty();
    }

    private static Pattern pattern(String shown) {
        String glob = Pattern.quote(shown.substring(5)).replace("*", "\\E.*\\Q");
        return Pattern.compile(shown.startsWith("keys ") ? glob : "tag [^ ]* " + glob);
    }

    static String show(Eviction eviction) {
        if (eviction instanceof Eviction.OfKey key) {
            return key.key();
        }
        if (eviction instanceof Eviction.OfTag tag) {
            return Oracle.tag(tag.isolate(), tag.tag());
        }
        return eviction instanceof Eviction.OfKeys keys
                ? "keys " + keys.glob()
                : "tags " + ((Eviction.OfTags) eviction).glob();
    }

    private static String describe(List<RowChange> changes) {
        var lines = new ArrayList<String>();
        UnaryOperator<String> indent = line -> "\n    " + line;
        for (RowChange change : changes) {
            Map<String, String> before =
                    change.before() == null ? null : change.before().values();
            Map<String, String> after =
                    change.after() == null ? null : change.after().values();
            lines.add(indent.apply(change.operation() + " " + change.table() + " " + before + " -> " + after));
        }
        return lines.toString();
    }
}
