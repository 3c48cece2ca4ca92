// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Standing;
import dev.freshet.invalidator.run.source.MarkerLog;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.protocol.Lsn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class HeartbeatTest {
    private static final Masters FIRST = masters(1);
    private static final Masters SECOND = masters(2);

    /** Time that does not pass. */
    private static final Time STANDING = new Time() {
        @Override
        public Clock clock() {
            return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleep(Duration pause) {}
    };

    private static final Duration FASTEST = Duration.ofMillis(50);

    private final Heartbeat heartbeat = new Heartbeat(Time.SYSTEM, Duration.ofSeconds(1), FASTEST);
    private final List<String> written = new ArrayList<>();
    private final MarkerLog log = new MarkerLog() {
        @Override
        public void commitLocally() {}

        @Override
        public Lsn write(String content) {
            written.add(content);
            return new Lsn(written.size());
        }
    };

    @BeforeEach
    void begin() {
        heartbeat.begin();
    }

    @Test
    void heldIsWhatWasAskedBeforeTheMarkerThatCameBack() {
        assertThat(heartbeat.due()).isTrue();
        heartbeat.beat(log, FIRST);
        heartbeat.beat(log, SECOND);
        assertThat(heartbeat.due()).isFalse();
        assertThat(heartbeat.held()).isNull();
        var markers = markers();
        assertThat(markers).hasSize(2);

        heartbeat.returned(markers.get(0));
        assertThat(heartbeat.returns()).isEqualTo(1);
        assertThat(heartbeat.held()).isSameAs(FIRST);
        assertThat(heartbeat.oldestUnderWay()).map(Heartbeat.Marker::number).contains(2L);

        heartbeat.returned(markers.get(1));
        assertThat(heartbeat.returns()).isEqualTo(2);
        assertThat(heartbeat.held()).isSameAs(SECOND);
        assertThat(heartbeat.oldestUnderWay()).isEmpty();
    }

    @Test
    void aMarkerOfAnEarlierRunDoesNotCount() {
        heartbeat.beat(log, FIRST);
        var earlier = markers().get(0);
        heartbeat.begin();
        heartbeat.beat(log, SECOND);
        heartbeat.returned(earlier);
        assertThat(heartbeat.returns()).isZero();
        assertThat(heartbeat.held()).isNull();
        assertThat(heartbeat.oldestUnderWay()).isPresent();
    }

    @Test
    void whatWasHeldInAnEarlierRunIsForgotten() {
        heartbeat.beat(log, FIRST);
        heartbeat.returned(markers().get(0));
        assertThat(heartbeat.held()).isSameAs(FIRST);
        heartbeat.begin();
        assertThat(heartbeat.held()).isNull();
    }

    /** Those that have been written since the last call. */
    private List<String> markers() {
        var markers = List.copyOf(written);
        written.clear();
        return markers;
    }

    /** The pause is a third of the age that readers accept, at least the fastest heartbeat and at most the interval. */
    @Test
    void markersAreWrittenAsOftenAsReadersWantIt() {
        assertThat(paceFor(Duration.ofMillis(600))).isEqualTo(Duration.ofMillis(200));
        assertThat(paceFor(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(50));
        assertThat(paceFor(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(paceFor(null)).isEqualTo(Duration.ofSeconds(1));
        assertThat(paceFor(Duration.ofMillis(1), Duration.ofMillis(400))).isEqualTo(Duration.ofMillis(400));
        assertThat(paceFor(Duration.ofMillis(1), Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }

    /** While one is under way for long, for example behind a large transaction, more of them would prove nothing. */
    @Test
    void whatReadersWantDoesNotMakeMarkersQueue() {
        var paced = new Heartbeat(STANDING, Duration.ofSeconds(1), FASTEST);
        paced.begin();
        paced.beat(log, wanting(Duration.ofMillis(600)));
        assertThat(paced.untilDue()).isEqualTo(Duration.ofSeconds(1));
    }

    private Duration paceFor(Duration wanted) {
        return paceFor(wanted, FASTEST);
    }

    private Duration paceFor(Duration wanted, Duration fastest) {
        var paced = new Heartbeat(STANDING, Duration.ofSeconds(1), fastest);
        paced.begin();
        paced.beat(log, wanting(wanted));
        var all = markers();
        paced.returned(all.get(all.size() - 1));
        return paced.untilDue();
    }

    private static Masters wanting(Duration age) {
        var standing = new Standing(Optional.empty(), null, 0, null, null, age);
        return new Masters(List.of(
                new Master("ctx:~position", "run:replication", 1, Optional.empty(), Optional.empty(), null, standing)));
    }

    private static Masters masters(long micros) {
        return new Masters(List.of(
                new Master("ctx:~position", "run:replication", micros, Optional.empty(), Optional.empty(), null)));
    }
}
