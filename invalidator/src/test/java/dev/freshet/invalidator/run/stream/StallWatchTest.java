// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("memory")
class StallWatchTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now = Long.MAX_VALUE - 3 * SECOND;
    private final StallWatch watch = new StallWatch(Duration.ofSeconds(10), () -> now);

    @BeforeEach
    void open() {
        watch.received(false);
    }

    @Test
    void aStreamThatIsBeingOpenedHasMoreTime() {
        var opening = new StallWatch(Duration.ofSeconds(10), () -> now);
        var marker = marker(500);
        seconds(60);
        assertThat(opening.stalled(marker)).isFalse();
        seconds(1);
        assertThat(opening.stalled(marker)).isTrue();
    }

    @Test
    void aMarkerThatDoesNotComeBackIsAStall() {
        var marker = marker(500);
        seconds(10);
        assertThat(watch.stalled(marker)).isFalse();
        seconds(1);
        assertThat(watch.stalled(marker)).isTrue();
        assertThat(watch.stalled(Optional.empty())).isFalse();
    }

    @Test
    void aYoungMarkerAfterALongPauseIsNone() {
        seconds(100);
        assertThat(watch.stalled(marker(500))).isFalse();
    }

    @Test
    void asLongAsOtherThingsComeTheMarkerIsWaitedFor() {
        var marker = marker(500);
        for (int i = 0; i < 20; i++) {
            seconds(5);
            watch.received(false);
            assertThat(watch.stalled(marker)).isFalse();
        }
        seconds(11);
        assertThat(watch.stalled(marker)).isTrue();
    }

    @Test
    void asLongAsTheServerReadsWalBeforeTheMarkerItIsWaitedFor() {
        var marker = marker(500);
        for (int lsn = 100; lsn <= 500; lsn += 100) {
            seconds(9);
            watch.sent(new Lsn(lsn), false, marker);
            assertThat(watch.stalled(marker)).isFalse();
        }
        seconds(11);
        assertThat(watch.stalled(marker)).isTrue();
    }

    /** The server decodes a large transaction of which nothing is published. */
    @Test
    void asLongAsTheServerIsAtWorkBeforeTheMarkerItIsWaitedFor() {
        var marker = marker(500);
        watch.sent(new Lsn(300), false, marker);
        for (int i = 0; i < 10; i++) {
            seconds(9);
            watch.sent(new Lsn(300), true, marker);
            assertThat(watch.stalled(marker)).isFalse();
        }
        watch.sent(new Lsn(500), true, marker);
        seconds(11);
        watch.sent(new Lsn(500), true, marker);
        assertThat(watch.stalled(marker)).isTrue();
    }

    /** With one marker per second, the server keeps sending to a client that no longer reads. */
    @Test
    void whatTheServerSendsBehindTheMarkerIsNoProgress() {
        var marker = marker(500);
        watch.sent(new Lsn(500), false, marker);
        for (int lsn = 600; lsn < 2000; lsn += 100) {
            seconds(1);
            watch.sent(new Lsn(lsn), false, marker);
        }
        assertThat(watch.stalled(marker)).isTrue();
    }

    @Test
    void aServerThatStandsStillBeforeTheMarkerIsAStall() {
        var marker = marker(500);
        watch.sent(new Lsn(300), false, marker);
        for (int i = 0; i < 11; i++) {
            seconds(1);
            watch.sent(new Lsn(300), false, marker);
        }
        assertThat(watch.stalled(marker)).isTrue();
    }

    /** A large transaction is decoded from its beginning in each run. With constant patience, it would never finish. */
    @Test
    void whoGaveUpWaitsTwiceAsLongTheNextTime() {
        for (long patience : new long[] {10, 120, 240, 480, 960, 1920, 3600, 3600}) {
            var marker = marker(500);
            seconds(patience);
            assertThat(watch.stalled(marker)).isFalse();
            seconds(1);
            assertThat(watch.stalled(marker)).isTrue();
            watch.gaveUp();
            watch.begin();
        }
        assertThat(watch.waitingFor()).contains("up to 3600 s", "8 times in a row");
    }

    /** Commits before the large one arrive again at once. */
    @Test
    void whatComesBeforeTheMarkerDoesNotEndTheLongerPatience() {
        watch.gaveUp();
        watch.begin();
        watch.received(false);
        var marker = marker(500);
        seconds(120);
        assertThat(watch.stalled(marker)).isFalse();
    }

    @Test
    void aMarkerThatComesBackEndsTheLongerPatience() {
        watch.gaveUp();
        watch.begin();
        watch.received(true);
        assertThat(watch.patience()).isEqualTo(Duration.ofSeconds(10));
        watch.begin();
        assertThat(watch.patience()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aBoundBeyondTheCapStaysAsItWasGiven() {
        var patient = new StallWatch(Duration.ofHours(2), () -> now);
        patient.gaveUp();
        assertThat(patient.patience()).isEqualTo(Duration.ofHours(2));
    }

    private Optional<Heartbeat.Marker> marker(long lsn) {
        return Optional.of(new Heartbeat.Marker(1, now, new Lsn(lsn), null));
    }

    private void seconds(long count) {
        now += count * SECOND;
    }

    /** Then the wait ends, and the changes at which the stream is stuck are given up. */
    @Test
    void onceTheLongestWasBorneItIsHopeless() {
        int gaveUp = 0;
        while (!watch.isHopeless()) {
            watch.gaveUp();
            gaveUp++;
        }
        assertThat(gaveUp).isEqualTo(6);
        assertThat(watch.patience()).isEqualTo(Duration.ofHours(1));
        watch.received(true);
        assertThat(watch.isHopeless()).isFalse();
        var patient = new StallWatch(Duration.ofHours(2), () -> now);
        assertThat(patient.isHopeless()).isFalse();
    }
}
