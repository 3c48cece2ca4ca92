// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.start.InstanceLabel;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.meaning.Meaning;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of the steps when a mapping is reloaded, without a server. */
@Tag("memory")
class ReloadStepsTest {
    private static final Mapping OTHER =
            parse(MemoryRun.MAPPING.replace("\"item:{id}\"", "\"item:{id}\", \"new:{id}\""));

    private final MemoryRun run = new MemoryRun();

    /** What was committed before the border is evicted by the former mapping, the rest by the new one. */
    @Test
    void theSessionEndsBetweenBatchesAndTheNextOneEvictsWhatDiffersBeforeItPublishes() {
        run.ranBefore();
        run.thenPass(Duration.ofSeconds(1)).thenLook().then(() -> {
            run.steps.clear();
            for (String key : new String[] {"item:7", "item:8", "new:7"}) {
                run.store.write(key);
            }
            run.database.commit(8);
            run.invalidator.reload(OTHER);
        });
        run.thenPass(Duration.ofSeconds(1)).thenLook().then(() -> {
            run.store.write("new:9");
            run.database.commit(9);
        });
        run.thenPass(Duration.ofSeconds(1)).run();

        assertThat(run.steps.all())
                .startsWith(
                        "close stream",
                        "disconnect",
                        "end reading",
                        "disconnect",
                        "connect",
                        "lock",
                        "claim",
                        "publication",
                        "mapping fits?",
                        "source ready?",
                        "slot",
                        "server",
                        "evict",
                        "publish",
                        "begin reading");
        assertThat(run.states).containsOnly("streaming");
        assertThat(run.store.has("new:7")).as("what differs").isFalse();
        assertThat(run.store.has("item:7")).as("what does not differ").isTrue();
        assertThat(run.store.has("item:8")).as("what was left for the new one").isFalse();
        assertThat(run.store.has("new:9")).as("what only the new one evicts").isFalse();
        assertThat(run.position().orElseThrow().contract().mapping())
                .isEqualTo(Meaning.of(OTHER).hash());
        assertThat(run.count("purges")).as("that of the first start").isEqualTo(1);
        assertThat(run.count("restarts")).isZero();
        assertThat(run.database.connections()).isZero();
        assertThat(run.invalidator.settings().mapping()).isSameAs(OTHER);
    }

    /** Otherwise the two instances could not be reloaded one after the other. */
    @Test
    void aStandbyThatWasReloadedWaitsForTheOtherInstanceWhateverItsMapping() {
        run.ranBefore();
        run.store.write("new:7");
        run.database.lockedBy = "freshet "
                + InstanceLabel.of(Meaning.of(parse(MemoryRun.MAPPING))).purpose();
        run.thenPass(Duration.ofSeconds(5)).thenLook().then(() -> run.invalidator.reload(OTHER));
        run.thenPass(Duration.ofSeconds(5)).thenLook().then(() -> run.database.lockedBy = null);
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();

        assertThat(run.states.stream().distinct())
                .containsExactly("standby: another instance works on slot slot", "streaming");
        assertThat(run.end()).isNull();
        assertThat(run.store.has("new:7")).isFalse();
    }

    /** Such as one that leaves out a table that was dropped. */
    @Test
    void aMappingThatCannotBeUsedAnyLongerIsReplacedWithTheNextAttempt() {
        run.ranBefore();
        run.store.write("new:7");
        run.thenPass(Duration.ofSeconds(1)).then(() -> {
            run.database.mappingLacks.add(Shortcoming.administrators(
                    Topic.OTHER, DatabaseCode.NO_TABLE, Place.of(Place.Kind.TABLE, "item"), "there is no table item"));
            run.database.streamBreaks = MemoryRun.broken();
        });
        run.thenPass(Duration.ofSeconds(30)).thenLook().then(() -> {
            run.database.mappingLacks.clear();
            run.invalidator.reload(OTHER);
        });
        run.thenPass(Duration.ofSeconds(30)).thenLook().run();

        assertThat(run.states).anySatisfy(state -> assertThat(state).startsWith("blocked: there is no table item"));
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("new:7")).isFalse();
    }

    @Test
    void anotherNamespaceIsAnotherCache() {
        Invalidator invalidator = run.process();
        assertThatThrownBy(
                        () -> invalidator.reload(parse(MemoryRun.MAPPING.replace("namespace: app", "namespace: web"))))
                .hasMessage("namespace web, expected app");
    }

    private static Mapping parse(String yaml) {
        return MappingParser.parse("m.yaml", new StringReader(yaml));
    }
}
