// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryFeedTest {
    private final List<PastTransaction> remembered = new ArrayList<>();
    private final History history = new History(100_000);
    private boolean down;
    private final HistoryFeed feed = new HistoryFeed(this::page, history);

    private HistorySource.Page page(long after, int limit) throws IOException {
        if (down) {
            throw new IOException("down");
        }
        var page = remembered.stream()
                .filter(transaction -> transaction.number() > after)
                .limit(limit)
                .toList();
        return new HistorySource.Page(page, remembered.isEmpty() ? Lsn.ZERO : last().lsn());
    }

    private PastTransaction last() {
        return remembered.get(remembered.size() - 1);
    }

    private void remember(long number, long lsn) {
        remembered.add(new PastTransaction(
                number, lsn, new Lsn(lsn), Instant.EPOCH, Instant.EPOCH, List.of(), true, List.of(), true));
    }

    private boolean covers(long from, long upTo) {
        var name = EntryName.parse(new CacheKeys("ctx"), "ctx:{u1}:task:42:own").orElseThrow();
        return history.covers(
                CachedEntry.parse(
                                "ctx:{u1}:task:42:own",
                                name,
                                "{\"tags\":[\"task:42\"],\"at\":\"0/" + Long.toHexString(from) + "\",\"value\":1}")
                        .orElseThrow(),
                new Lsn(upTo));
    }

    @Test
    void pagesAreFetchedUntilThereIsNoMore() throws InterruptedException {
        for (int i = 1; i <= 2_500; i++) {
            remember(i, 1_000 + i);
        }
        feed.refresh();
        assertThat(history.last()).isEqualTo(2_500);
        assertThat(covers(1_001, 3_500)).isTrue();
        assertThat(covers(1_000, 3_500)).isFalse();
        assertThat(covers(1_001, 3_501)).isFalse();

        remember(2_501, 4_000);
        feed.refresh();
        assertThat(history.last()).isEqualTo(2_501);
        assertThat(covers(1_001, 4_000)).isTrue();
    }

    @Test
    void anotherProcessBeginsAnotherHistory() throws InterruptedException {
        remember(1, 1_000);
        remember(2, 1_010);
        feed.refresh();
        remembered.clear();
        remember(1, 1_500);
        remember(2, 1_600);
        remember(3, 1_700);
        feed.refresh();
        assertThat(covers(1_000, 1_700)).isFalse();
        assertThat(covers(1_500, 1_700)).isTrue();
    }

    @Test
    void whatWasForgottenMeanwhileLeavesAHole() throws InterruptedException {
        remember(1, 1_000);
        feed.refresh();
        remembered.clear();
        remember(7, 1_500);
        remember(8, 1_600);
        feed.refresh();
        assertThat(covers(1_000, 1_600)).isFalse();
        assertThat(covers(1_500, 1_600)).isTrue();
    }

    @Test
    void aSilentSourceCoversNothingUntilItAnswersAgain() throws InterruptedException {
        remember(1, 1_000);
        feed.refresh();
        assertThat(feed.answers()).isTrue();
        down = true;
        feed.refresh();
        assertThat(feed.answers()).isFalse();
        assertThat(covers(1_000, 1_000)).isFalse();
        down = false;
        feed.refresh();
        assertThat(covers(1_000, 1_000)).isTrue();
    }

    @Test
    void theOldestIsForgottenFirst() {
        var small = new History(3);
        for (int i = 1; i <= 5; i++) {
            small.add(new PastTransaction(
                    i,
                    i,
                    new Lsn(100 + i),
                    Instant.EPOCH,
                    Instant.EPOCH,
                    List.of(),
                    true,
                    List.of(new PastTransaction.Purged("u1", "task:" + i, false)),
                    true));
        }
        assertThat(small.knows(5)).isTrue();
        assertThat(small.knows(1)).isFalse();
    }

    @Test
    void globsAreMatchedAsTheInvalidatorMeansThem() {
        assertThat(History.matches("task:*", "task:4.2")).isTrue();
        assertThat(History.matches("task:4.2", "task:4x2")).isFalse();
        assertThat(History.matches("project:*/branch", "project:3/branch")).isTrue();
        assertThat(History.matches("project:*/branch", "project:3/inherited")).isFalse();
    }
}
