// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.history;

import dev.freshet.protocol.Lsn;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a {@link History} up to date with its source. Not thread-safe. */
public final class HistoryFeed {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFeed.class);
    private static final int PAGE = 1_000;
    private static final long PAUSE_NANOS = 200_000_000L;

    private final HistorySource source;
    private final History history;
    private boolean silent;
    private long askedAt;

    /** @param source null if there is none */
    public HistoryFeed(HistorySource source, History history) {
        this.source = source;
        this.history = history;
        this.askedAt = System.nanoTime() - PAUSE_NANOS;
    }

    public History history() {
        return history;
    }

    /** Whether there is a source and it answered the last time. */
    public boolean answers() {
        return source != null && !silent;
    }

    /** Fetches what is new if the history does not reach the position yet. Asks only after a pause. */
    public void reach(Lsn lsn) throws InterruptedException {
        if (history.reached().isBefore(lsn) && System.nanoTime() - askedAt >= PAUSE_NANOS) {
            refresh();
        }
    }

    /** Fetches what is new. If the source fails, the history covers nothing until it answers again. */
    public void refresh() throws InterruptedException {
        if (source == null) {
            return;
        }
        try {
            fetch();
            silent = false;
        } catch (IOException e) {
            if (!silent) {
                LOG.warn("cannot read the invalidator's history: {}", e.toString());
            }
            silent = true;
            history.reached(Lsn.ZERO);
        }
        askedAt = System.nanoTime();
    }

    /** Also fetches the last known transaction again: if another is in its place, a different process answers. */
    private void fetch() throws IOException, InterruptedException {
        boolean known = history.last() > 0;
        long after = known ? history.last() - 1 : 0;
        Lsn reached = null;
        boolean more = true;
        while (more) {
            var page = source.after(after, PAGE);
            // The position of the first page: past it, the later pages may have gaps.
            reached = reached == null ? page.reached() : reached;
            more = false;
            for (var transaction : page.transactions()) {
                if (known && !history.endsWith(transaction)) {
                    restart();
                    return;
                }
                if (!known) {
                    history.add(transaction);
                    more = true;
                }
                known = false;
                after = transaction.number();
            }
            if (known) {
                restart();
                return;
            }
        }
        history.reached(reached);
    }

    private void restart() throws IOException, InterruptedException {
        history.clear();
        fetch();
    }
}
