// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.quickstart.console.Console;
import dev.freshet.quickstart.console.Text;
import dev.freshet.quickstart.demo.Pause;
import dev.freshet.quickstart.demo.RecentFeed;
import dev.freshet.quickstart.demo.Transaction;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** After the tour, one line that shows ongoing evictions. */
final class LiveView {
    private static final long PACE_MILLIS = 250;

    private final Console console;
    private final RecentFeed recent;
    private long transactions;
    private long removed;

    LiveView(Console console, RecentFeed recent) {
        this.console = console;
        this.recent = recent;
    }

    /** Updates the line until {@code ended} returns true. */
    void follow(java.util.function.BooleanSupplier ended) {
        recent.poll();
        console.live("watching …");
        while (!ended.getAsBoolean()) {
            for (var transaction : recent.poll()) {
                transactions++;
                removed += transaction.keysRemoved();
                console.live(line(transaction));
            }
            Pause.millis(PACE_MILLIS);
        }
    }

    private String line(Transaction last) {
        var change = last.changes().isEmpty() ? "" : "  " + last.changes().get(0);
        return LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + Text.count(transactions, "transaction") + ", "
                + Text.count(removed, "key") + " gone; last: " + Text.time(last.latency()) + change;
    }
}
