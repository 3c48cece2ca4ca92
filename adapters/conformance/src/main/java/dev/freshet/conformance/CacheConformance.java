// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Evicted;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.Holder;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.SupersededException;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.core.plan.rows.Cause;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What each implementation of {@link Cache} must do. Extend it, and give it two instances over one store. What a cache does
 * for readers that fill it under tags is not in here: that is the protocol's, and has its own tests.
 */
public abstract class CacheConformance {
    private static final Owner OWNER = new Owner("7301234567890123456", "app", "freshet");
    private static final Owner OTHERS = new Owner("7301234567890123456", "other", "freshet");
    private static final Contract CONTRACT =
            new Contract("here:1", "c0ffee", new Coverage(Set.of("task", "shop"), Set.of("task")));
    private static final Position.Origin ORIGIN =
            new Position.Origin(OWNER.system(), 2, OWNER.database(), OWNER.slot(), "0f3a", 3);
    private static final Position POSITION = position(0x100);
    private static final Cause CAUSE = new Cause(
            new TableName("public", "task"), Operation.UPDATE, Map.of(), new Origin(7, Lsn.ZERO, Instant.EPOCH));

    /** The instance under test. Its store is empty before each test. */
    protected abstract Cache cache();

    /** Another instance over the same store, as of another process. */
    protected abstract Cache other();

    /** A program stores a key of its own. */
    protected abstract void write(String key);

    /** Whether the store has the key. */
    protected abstract boolean has(String key);

    @Test
    protected void anEmptyStoreShowsNothing() throws Exception {
        Masters masters = cache().masters();
        assertThat(masters.all()).isNotEmpty();
        assertThat(masters.position()).isEmpty();
        assertThat(masters.publishedHere()).isFalse();
        assertThat(masters.owners()).isEmpty();
        assertThat(masters.holders()).isEmpty();
        assertThat(masters.claim()).isZero();
    }

    @Test
    protected void aPositionIsShownAsItWasPublished() throws Exception {
        assertThat(cache().publish(POSITION, cache().masters(), null)).isTrue();
        Masters seen = other().masters();
        assertThat(seen.position()).contains(POSITION);
        assertThat(seen.publishedHere()).isTrue();
        assertThat(seen.owners()).containsExactly(OWNER);
        assertThat(seen.holders()).containsExactly(new Holder(ORIGIN, CONTRACT));
    }

    @Test
    protected void aLaterPositionTakesItsPlace() throws Exception {
        Masters on = cache().masters();
        cache().publish(POSITION, on, null);
        assertThat(cache().publish(position(0x200), on, on)).isTrue();
        assertThat(cache().masters().position()).contains(position(0x200));
    }

    @Test
    protected void nothingIsPublishedOnAnotherMaster() throws Exception {
        List<Master> renamed = new ArrayList<>();
        for (Master master : cache().masters().all()) {
            renamed.add(new Master(
                    master.key(),
                    "another",
                    master.micros(),
                    master.position(),
                    master.holder(),
                    master.publishedOn()));
        }
        assertThat(cache().publish(POSITION, new Masters(renamed), null)).isFalse();
        assertThat(cache().masters().position()).isEmpty();
    }

    @Test
    protected void aWithdrawnPositionIsGoneAndItsOwnerStays() throws Exception {
        cache().publish(POSITION, cache().masters(), null);
        cache().withdraw();
        Masters left = other().masters();
        assertThat(left.position()).isEmpty();
        assertThat(left.publishedHere()).isFalse();
        assertThat(left.owners()).containsExactly(OWNER);
        assertThat(left.holders()).containsExactly(new Holder(ORIGIN, CONTRACT));
    }

    @Test
    protected void withdrawingWhereNothingIsLeavesNothing() throws Exception {
        cache().withdraw();
        assertThat(cache().masters().owners()).isEmpty();
    }

    @Test
    protected void aClaimMustBeGreaterThanAllBefore() throws Exception {
        assertThat(cache().claim(new Claim(5, ""), OWNER, false)).isTrue();
        assertThat(other().masters().claim()).isEqualTo(5);
        assertThat(other().claim(new Claim(5, ""), OWNER, false)).isFalse();
        assertThat(other().claim(new Claim(6, ""), OWNER, false)).isTrue();
    }

    @Test
    protected void anInstanceThatBeganEarlierNeitherPublishesNorWithdraws() throws Exception {
        Masters on = cache().masters();
        assertThat(cache().claim(new Claim(5, ""), OWNER, false)).isTrue();
        assertThat(cache().publish(POSITION, on, null)).isTrue();
        assertThat(other().claim(new Claim(6, ""), OWNER, false)).isTrue();

        assertThatThrownBy(() -> cache().publish(position(0x200), on, null)).isInstanceOf(SupersededException.class);
        assertThatThrownBy(() -> cache().withdraw()).isInstanceOf(SupersededException.class);
        assertThat(other().masters().position()).contains(POSITION);

        assertThat(other().publish(position(0x300), on, null)).isTrue();
    }

    @Test
    protected void anotherOwnersNamespaceIsTakenOnlyIfToldTo() throws Exception {
        cache().claim(new Claim(5, ""), OWNER, false);
        cache().publish(POSITION, cache().masters(), null);

        assertThat(other().claim(new Claim(6, ""), OTHERS, false)).isFalse();
        assertThat(cache().masters().position()).contains(POSITION);
        assertThat(cache().masters().claim()).isEqualTo(5);

        assertThat(other().claim(new Claim(6, ""), OTHERS, true)).isTrue();
        assertThat(cache().masters().position()).isEmpty();
        assertThat(cache().masters().owners()).containsExactly(OTHERS);
    }

    @Test
    protected void theMappingIsKeptBesideThePositionAndOutlivesIt() throws Exception {
        cache().claim(new Claim(1, "what it means"), OWNER, false);
        Masters masters = cache().masters();
        assertThat(cache().mappings(masters)).containsOnly(Optional.empty());
        cache().publish(POSITION, masters, null);
        assertThat(other().mappings(masters)).containsOnly(Optional.of("what it means"));
        cache().withdraw();
        assertThat(other().mappings(masters)).containsOnly(Optional.of("what it means"));
    }

    @Test
    protected void keysAreEvictedOnceHoweverOftenTheyAreAskedFor() throws Exception {
        write("task:1");
        write("task:2");
        EvictionReport report = cache().evict(List.of(key("task:1"), key("task:1"), key("task:3")));
        assertThat(has("task:1")).isFalse();
        assertThat(has("task:2")).isTrue();
        assertThat(report.asked()).isEqualTo(2);
        assertThat(report.keys()).isEqualTo(1);
        assertThat(report.absent()).isEqualTo(1);
        assertThat(report.evicted().stream().mapToLong(Evicted::absent).sum()).isEqualTo(1);
    }

    @Test
    protected void keysAreEvictedByPattern() throws Exception {
        write("task:1");
        write("task:2");
        write("tasks:1");
        EvictionReport report = cache().evict(List.of(new Eviction.OfKeys("task:*", Reason.TRUNCATED, CAUSE)));
        assertThat(has("task:1") || has("task:2")).isFalse();
        assertThat(has("tasks:1")).isTrue();
        assertThat(report.keys()).isEqualTo(2);
    }

    @Test
    protected void aPurgeReachesTheNamedKeysAndLeavesThePosition() throws Exception {
        cache().publish(POSITION, cache().masters(), null);
        write("task:1");
        write("settings");
        cache().purge(List.of("task:*"), (fenceSets, keys) -> {});
        assertThat(has("task:1")).isFalse();
        assertThat(has("settings")).isTrue();
        assertThat(cache().masters().position()).contains(POSITION);
    }

    @Test
    protected void processesThatWereLostAtAPlaceAreCounted() throws Exception {
        assertThat(lost("a", "5")).isZero();
        assertThat(lost("a", "5")).as("the same process").isZero();
        assertThat(lost("b", "5")).isEqualTo(1);
        cache().endReading("b");
        assertThat(lost("c", "5")).as("b ended as told").isEqualTo(1);
        assertThat(cache().beginReading("d", "5", 9, false))
                .as("what was enough there stands")
                .isEqualTo(new Losses(2, 3));
        assertThat(lost("e", "6")).as("another place").isZero();
    }

    @Test
    protected void aCountThatIsFullAndWasToldStartsAgain() throws Exception {
        for (String process : List.of("a", "b", "c", "d")) {
            lost(process, "5");
        }
        assertThat(cache().beginReading("e", "5", 3, true).processes())
                .as("nobody was told")
                .isEqualTo(4);
        cache().endReading("e");
        assertThat(cache().beginReading("f", "5", 3, true).processes()).isZero();
    }

    private int lost(String process, String place) throws InterruptedException {
        return cache().beginReading(process, place, 3, false).processes();
    }

    private static Eviction key(String key) {
        return new Eviction.OfKey(key, Reason.OWN, CAUSE);
    }

    private static Position position(long lsn) {
        Instant at = Instant.parse("2026-11-22T10:15:30Z");
        return new Position(ORIGIN, CONTRACT, new Lsn(lsn), at, at);
    }
}
