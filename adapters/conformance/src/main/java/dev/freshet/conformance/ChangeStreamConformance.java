// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.conformance.ReceivedChanges.Transaction;
import dev.freshet.core.stream.ChangeStream;
import dev.freshet.core.stream.ChunkSink;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What each implementation of {@link ChangeStream} must do: nothing that was committed is missed, whatever happens to the
 * stream, until it is acknowledged. Extend it, and give it a database with two tables, {@link #ITEM} and {@link #OTHER}, both
 * with the columns {@code id} (an integer, the key) and {@code name} (a text), and empty before each test. Changes of the first
 * alone are streamed.
 */
public abstract class ChangeStreamConformance {
    protected static final TableName ITEM = new TableName("public", "item");
    protected static final TableName OTHER = new TableName("public", "other");

    private ReceivedChanges received = new ReceivedChanges();
    private StreamRun run;

    /** Begins a transaction on the database. */
    protected abstract SourceTransaction begin() throws Exception;

    /** Opens the stream. It begins after what was acknowledged. */
    protected abstract StreamRun open(ChunkSink sink) throws Exception;

    /** The most row changes of a chunk. */
    protected abstract int chunkSize();

    /** Waits until the source has been told that everything up to this commit is done. */
    protected abstract void awaitAcknowledged(Lsn commit) throws Exception;

    /** Adds a column of texts to {@link #ITEM}. */
    protected abstract void addColumn(String name) throws Exception;

    /** Breaks the connection between the stream that is open and its database, which stays. */
    protected abstract void breakConnection() throws Exception;

    /** How long to wait for what must come. */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @AfterEach
    void closeRun() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    protected void commitsComeInTheirOrderEachWithItsRows() throws Exception {
        open();
        insert(1, 2);
        insert(3);
        insert(4, 5);
        List<Transaction> came = transactions(3);
        assertThat(came)
                .extracting(transaction -> ids(transaction.changes()))
                .containsExactly(List.of("1", "2"), List.of("3"), List.of("4", "5"));
        assertThat(came)
                .extracting(transaction -> transaction.commit().lsn())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    protected void whatWasCommittedBeforeTheStreamWasOpenedComesToo() throws Exception {
        insert(1);
        open();
        insert(2);
        assertThat(idsOf(transactions(2))).containsExactly("1", "2");
    }

    @Test
    protected void everyOperationIsToldWithItsRow() throws Exception {
        open();
        commit(transaction -> {
            transaction.insert(ITEM, row(1, "one"));
            transaction.update(ITEM, key(1), Map.of("name", "uno"));
            transaction.update(ITEM, key(1), Map.of("id", "2"));
            transaction.delete(ITEM, key(2));
            transaction.truncate(ITEM);
        });
        List<RowChange> changes = transactions(1).get(0).changes();
        assertThat(changes)
                .extracting(RowChange::operation)
                .containsExactly(
                        Operation.CREATE, Operation.UPDATE, Operation.UPDATE, Operation.DELETE, Operation.TRUNCATE);
        assertThat(changes).extracting(RowChange::table).containsOnly(ITEM);
        assertThat(changes.get(0).before()).isNull();
        assertThat(changes.get(0).after().values()).isEqualTo(row(1, "one"));
        assertThat(changes.get(1).after().values()).isEqualTo(row(1, "uno"));
        assertThat(changes.get(2).before().get("id")).as("the id as it was").isEqualTo("1");
        assertThat(changes.get(2).after().values()).isEqualTo(row(2, "uno"));
        assertThat(changes.get(3).before().get("id")).isEqualTo("2");
        assertThat(changes.get(3).after()).isNull();
        assertThat(changes.get(4).before()).isNull();
        assertThat(changes.get(4).after()).isNull();
    }

    @Test
    protected void aNullIsKnownToBeOne() throws Exception {
        open();
        commit(transaction -> transaction.insert(ITEM, row(1, null)));
        Row row = transactions(1).get(0).changes().get(0).after();
        assertThat(row.knows("name")).isTrue();
        assertThat(row.get("name")).isNull();
    }

    @Test
    protected void aLongTransactionComesInChunks() throws Exception {
        int rows = chunkSize() * 2 + chunkSize() / 2;
        open();
        insert(IntStream.rangeClosed(1, rows).toArray());
        Transaction transaction = transactions(1).get(0);
        assertThat(transaction.chunks())
                .hasSizeGreaterThan(2)
                .allSatisfy(chunk -> assertThat(chunk.changes()).hasSizeLessThanOrEqualTo(chunkSize()));
        assertThat(ids(transaction.changes()))
                .isEqualTo(IntStream.rangeClosed(1, rows)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    protected void transactionsThatOverlapComeOneAfterTheOtherAsTheyCommitted() throws Exception {
        open();
        try (SourceTransaction first = begin();
                SourceTransaction second = begin()) {
            first.insert(ITEM, row(1, "a"));
            second.insert(ITEM, row(2, "b"));
            first.insert(ITEM, row(3, "c"));
            second.commit();
            first.commit();
        }
        assertThat(transactions(2))
                .extracting(transaction -> ids(transaction.changes()))
                .containsExactly(List.of("2"), List.of("1", "3"));
    }

    @Test
    protected void whatWasRolledBackDoesNotCome() throws Exception {
        open();
        try (SourceTransaction transaction = begin()) {
            transaction.insert(ITEM, row(1, "a"));
        }
        insert(2);
        assertThat(idsOf(transactions(1))).containsExactly("2");
    }

    @Test
    protected void changesOfOtherTablesDoNotCome() throws Exception {
        open();
        commit(transaction -> transaction.insert(OTHER, row(1, "a")));
        commit(transaction -> {
            transaction.insert(OTHER, row(2, "a"));
            transaction.insert(ITEM, row(3, "a"));
        });
        assertThat(idsOf(transactions(1))).containsExactly("3");
    }

    @Test
    protected void aNewColumnComesWithTheRowsAfterIt() throws Exception {
        open();
        insert(1);
        addColumn("colour");
        commit(transaction -> transaction.insert(ITEM, Map.of("id", "2", "name", "a", "colour", "red")));
        List<Transaction> came = transactions(2);
        assertThat(came.get(0).changes().get(0).after().has("colour")).isFalse();
        assertThat(came.get(1).changes().get(0).after().get("colour")).isEqualTo("red");
    }

    @Test
    protected void markersComeWithTheirTransactionAlsoWithoutRows() throws Exception {
        open();
        commit(transaction -> transaction.mark("alone"));
        commit(transaction -> {
            transaction.insert(ITEM, row(1, "a"));
            transaction.mark("beside a row");
        });
        List<Transaction> came = transactions(2);
        assertThat(came.get(0).changes()).isEmpty();
        assertThat(came)
                .extracting(transaction -> transaction.commit().markers())
                .containsExactly(List.of("alone"), List.of("beside a row"));
    }

    @Test
    protected void nothingIsAcknowledgedUnasked() throws Exception {
        open();
        insert(1);
        insert(2);
        transactions(2);
        reopen();
        assertThat(idsOf(transactions(2))).containsExactly("1", "2");
    }

    @Test
    protected void whatWasAcknowledgedDoesNotComeAgainAndAllAfterItDoes() throws Exception {
        open();
        insert(1);
        insert(2);
        insert(3);
        List<Transaction> came = transactions(3);
        acknowledge(came.get(1).commit().lsn());
        reopen();
        insert(4);
        assertThat(idsOf(transactions(2))).containsExactly("3", "4");
    }

    @Test
    protected void aPositionBetweenTwoCommitsAcknowledgesTheFirstAlone() throws Exception {
        open();
        insert(1);
        insert(2);
        List<Transaction> came = transactions(2);
        Lsn first = came.get(0).commit().lsn();
        run.stream().acknowledge(new Lsn(came.get(1).commit().lsn().value() - 1));
        awaitAcknowledged(first);
        reopen();
        assertThat(idsOf(transactions(1))).containsExactly("2");
    }

    @Test
    protected void anEarlierPositionTakesNothingBack() throws Exception {
        open();
        insert(1);
        insert(2);
        insert(3);
        List<Transaction> came = transactions(3);
        acknowledge(came.get(1).commit().lsn());
        run.stream().acknowledge(came.get(0).commit().lsn());
        reopen();
        assertThat(idsOf(transactions(1))).containsExactly("3");
    }

    @Test
    protected void aPositionIsTheSameWhenItComesAgain() throws Exception {
        open();
        insert(1);
        Transaction once = transactions(1).get(0);
        reopen();
        Transaction again = transactions(1).get(0);
        assertThat(again.commit()).isEqualTo(once.commit());
        assertThat(again.chunks().get(0).txId()).isEqualTo(once.chunks().get(0).txId());
    }

    @Test
    protected void aRunThatEndsInTheMiddleOfATransactionGivesAllOfItToTheNext() throws Exception {
        int rows = chunkSize() * 3;
        var middle = new CountDownLatch(2);
        run = open(chunk -> {
            middle.countDown();
            if (middle.getCount() == 0) {
                new CountDownLatch(1).await();
            }
        });
        insert(IntStream.rangeClosed(1, rows).toArray());
        assertThat(middle.await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        reopen();
        assertThat(transactions(1).get(0).changes()).hasSize(rows);
    }

    @Test
    protected void aRunThatIsClosedEndsAndDeliversNothingMore() throws Exception {
        open();
        insert(1);
        transactions(1);
        ReceivedChanges before = received;
        StreamRun closed = run;
        closed.close();
        closed.close();
        closed.ended().get(patience().toMillis(), TimeUnit.MILLISECONDS);
        int delivered = before.size();
        received = new ReceivedChanges();
        open();
        insert(2);
        transactions(2);
        assertThat(before.size()).isEqualTo(delivered);
    }

    @Test
    protected void anInterruptedCallerClosesItAndStaysInterrupted() throws Exception {
        open();
        Thread.currentThread().interrupt();
        run.close();
        assertThat(Thread.interrupted()).isTrue();
        run.ended().get(patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As the pipeline blocks it while Redis is away. */
    @Test
    protected void aRunWhoseSinkIsBlockedCanBeClosed() throws Exception {
        var taken = new CountDownLatch(1);
        run = open(chunk -> {
            taken.countDown();
            new CountDownLatch(1).await();
        });
        insert(1);
        assertThat(taken.await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        run.close();
        run.ended().get(patience().toMillis(), TimeUnit.MILLISECONDS);
        reopen();
        assertThat(idsOf(transactions(1))).containsExactly("1");
    }

    @Test
    protected void aRunCanBeClosedAsSoonAsItIsOpen() throws Exception {
        for (int i = 0; i < 5; i++) {
            open();
            run.close();
            run.ended().get(patience().toMillis(), TimeUnit.MILLISECONDS);
        }
        insert(1);
        open();
        assertThat(idsOf(transactions(1))).containsExactly("1");
    }

    @Test
    protected void aSinkThatFailsEndsTheRunAndIsGivenTheSameAgain() throws Exception {
        run = open(chunk -> {
            throw new IllegalStateException("the sink is full");
        });
        insert(1);
        assertThatThrownBy(() -> run.ended().get(patience().toMillis(), TimeUnit.MILLISECONDS))
                .hasRootCauseMessage("the sink is full");
        reopen();
        assertThat(idsOf(transactions(1))).containsExactly("1");
    }

    @Test
    protected void aConnectionThatBreaksEndsTheRunAndTheNextGoesOn() throws Exception {
        open();
        insert(1);
        insert(2);
        acknowledge(transactions(2).get(0).commit().lsn());
        breakConnection();
        assertThatThrownBy(() -> run.ended().get(patience().toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.ExecutionException.class);
        insert(3);
        reopen();
        assertThat(idsOf(transactions(2))).containsExactly("2", "3");
    }

    private void open() throws Exception {
        run = open(received);
    }

    /** Ends the run that is open, and begins another with a sink of its own. */
    private void reopen() throws Exception {
        run.close();
        received = new ReceivedChanges();
        open();
    }

    private List<Transaction> transactions(int count) throws InterruptedException {
        return received.transactions(count, run, patience());
    }

    private void acknowledge(Lsn commit) throws Exception {
        run.stream().acknowledge(commit);
        awaitAcknowledged(commit);
    }

    private void insert(int... ids) throws Exception {
        commit(transaction -> {
            for (int id : ids) {
                transaction.insert(ITEM, row(id, "a"));
            }
        });
    }

    private void commit(Writes writes) throws Exception {
        try (SourceTransaction transaction = begin()) {
            writes.to(transaction);
            transaction.commit();
        }
    }

    @FunctionalInterface
    private interface Writes {
        void to(SourceTransaction transaction) throws Exception;
    }

    private static Map<String, String> key(int id) {
        return Map.of("id", Integer.toString(id));
    }

    private static Map<String, String> row(int id, String name) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", Integer.toString(id));
        row.put("name", name);
        return Collections.unmodifiableMap(row);
    }

    private static List<String> idsOf(List<Transaction> transactions) {
        return transactions.stream()
                .flatMap(transaction -> ids(transaction.changes()).stream())
                .toList();
    }

    private static List<String> ids(List<RowChange> changes) {
        return changes.stream()
                .map(change -> (change.after() == null ? change.before() : change.after()).get("id"))
                .toList();
    }
}
