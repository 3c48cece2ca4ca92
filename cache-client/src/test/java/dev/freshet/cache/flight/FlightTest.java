// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who may share what a load found. The load begins at ticket 10. */
class FlightTest {
    private static final String VALUE = "1";

    private final Flight<String> flight =
            CompletableFuture.supplyAsync(() -> new Flight<String>(10)).join();

    @Test
    void whoAskedBeforeTheLoadBeganSharesItHoweverItEnds() throws Exception {
        flight.sealBeforeFill();
        flight.land(new Flight.Landing<>(VALUE, null, false));
        assertThat(flight.<RuntimeException>await(9, true)).isSameAs(VALUE);
    }

    @Test
    void whoAskedLaterSharesItIfTheFillWasNotYetSentAndIsAccepted() throws Exception {
        flight.land(new Flight.Landing<>(VALUE, null, true));
        assertThat(flight.<RuntimeException>await(11, true)).isSameAs(VALUE);
    }

    @Test
    void whoAskedLaterDoesNotShareARefusedFill() throws Exception {
        flight.land(new Flight.Landing<>(VALUE, null, false));
        assertThat(flight.<RuntimeException>await(11, true)).isNull();
    }

    @Test
    void whoAskedAfterTheFillWasSentDoesNotShareItThoughItIsAccepted() throws Exception {
        // Redis may have accepted it, and purged it again, before this reader asked.
        flight.sealBeforeFill();
        flight.land(new Flight.Landing<>(VALUE, null, true));
        assertThat(flight.<RuntimeException>await(11, true)).isNull();
    }

    @Test
    void whatTheLoaderThrewIsThrownToThoseWhoWait() {
        var failure = new IOException("no database");
        flight.land(new Flight.Landing<>(null, failure, false));
        assertThatThrownBy(() -> flight.<IOException>await(11, true)).isSameAs(failure);
    }

    @Test
    void whoWaitsWithoutAThreadSharesByTheSameRules() {
        var before = flight.share(9, true);
        var between = flight.share(11, true);
        var strict = flight.share(11, false);
        assertThat(before).isNotDone();
        flight.sealBeforeFill();
        var late = flight.share(11, true);
        flight.land(new Flight.Landing<>(VALUE, null, true));
        assertThat(before.join()).isSameAs(VALUE);
        assertThat(between.join()).isSameAs(VALUE);
        assertThat(strict.join()).isNull();
        assertThat(late.join()).isNull();
    }

    @Test
    void aLandingWithNothingMakesThoseWhoWaitAskAgain() throws Exception {
        flight.land(Flight.Landing.none());
        assertThat(flight.<RuntimeException>await(9, true)).isNull();
    }

    @Test
    void landingsAreRememberedByTicket() {
        var landings = new RecentLandings();
        landings.landed("a", 7);
        landings.landed("a", 5);
        assertThat(landings.since(6, "a")).isTrue();
        assertThat(landings.since(7, "a")).isFalse();
        assertThat(landings.since(0, "b")).isFalse();
    }
}
