// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.tour;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.quickstart.console.Console;
import dev.freshet.quickstart.console.Text;
import dev.freshet.quickstart.demo.Answer;
import dev.freshet.quickstart.demo.Api;
import dev.freshet.quickstart.demo.Demo;
import dev.freshet.quickstart.demo.Evictions;
import dev.freshet.quickstart.demo.KeyWatch;
import dev.freshet.quickstart.demo.ParallelReads;
import dev.freshet.quickstart.demo.Transaction;
import dev.freshet.quickstart.demo.UnawareApp;
import dev.freshet.quickstart.result.Checks;
import dev.freshet.quickstart.result.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The state that the steps of the tour share. For use by one thread. */
public final class Tour implements AutoCloseable {
    private static final int LISTED = 6;

    private final Console console;
    private final Checks checks;
    private final Statistics statistics = new Statistics();
    private final Api demo;
    private final Api other;
    private final Evictions evictions;
    private final boolean kafka;
    private final KeyWatch watch;
    private final UnawareApp app;

    public Tour(Console console, Demo stack) {
        this.console = console;
        this.checks = new Checks(console);
        this.demo = stack.api(Demo.USER);
        this.other = stack.api("neighbour");
        this.evictions = stack.evictions();
        this.kafka = stack.isKafka();
        this.watch = stack.watch();
        this.app = stack.unawareApp();
    }

    /** Runs all steps, even if checks fail. Throws only if the tour cannot continue. */
    public void run() {
        var hierarchy = new Hierarchy();
        // On Kafka each write is awaited from outside, which takes longer.
        List<Step> steps = Stream.<Step>of(
                        new BuildStep(),
                        new ReadStep(),
                        kafka ? new PromiseStep() : null,
                        new SqlStep(),
                        new MoveStep(),
                        new BulkStep(),
                        new SeriesStep(kafka ? 100 : 400),
                        new NeighbourStep())
                .filter(Objects::nonNull)
                .toList();
        for (int i = 0; i < steps.size(); i++) {
            console.heading((i + 1) + "  " + steps.get(i).title());
            steps.get(i).run(this, hierarchy);
            evictions.settle();
        }
    }

    Console console() {
        return console;
    }

    public Checks checks() {
        return checks;
    }

    Statistics statistics() {
        return statistics;
    }

    Api demo() {
        return demo;
    }

    Api other() {
        return other;
    }

    KeyWatch watch() {
        return watch;
    }

    /**
     * Commits plain SQL. Returns when the evictions of that transaction are done.
     *
     * @param level of the contexts that it changes
     */
    Transaction sql(String level, String statement, Object... parameters) {
        var txId = app.commit(statement, parameters);
        statistics.wrote();
        return evicted(txId, level);
    }

    /** Like {@link #sql}, but for a large statement, whose latency is not counted among those of single writes. */
    Transaction bulk(String level, String statement, Object... parameters) {
        var txId = app.commit(statement, parameters);
        statistics.wrote();
        return evictions.await(txId, level);
    }

    /** After a write through the API to one stream, such as {@code project:3}: waits for its evictions. */
    Transaction written(String stream) {
        statistics.wrote();
        return evicted(app.lastTransaction(stream), stream.substring(0, stream.indexOf(':')));
    }

    private Transaction evicted(long txId, String level) {
        var transaction = evictions.await(txId, level);
        statistics.latencies().add(transaction.latency());
        return transaction;
    }

    /** Prints the changes found in the WAL and their evictions. */
    void show(Transaction transaction, Set<String> gone) {
        tell(transaction);
        list("", transaction.changes(), transaction.rows());
        list("stale", transaction.reasons(), transaction.evictions());
        list("gone", List.copyOf(gone), gone.size());
        console.fact("took", most() + Text.time(transaction.latency()) + " from commit to evicted");
    }

    /** The line about the transaction itself. */
    void tell(Transaction transaction) {
        console.fact(
                "WAL",
                "transaction " + transaction.txId()
                        + (transaction.isReported()
                                ? " at " + transaction.position() + ", " + Text.count(transaction.rows(), "row")
                                : ""));
    }

    /** What goes before a time: seen from outside, it is an upper bound. */
    String most() {
        return kafka ? "at most " : "";
    }

    private void list(String name, List<String> lines, long all) {
        for (int i = 0; i < Math.min(LISTED, lines.size()); i++) {
            console.fact(i == 0 ? name : "", lines.get(i));
        }
        if (all > LISTED) {
            console.fact("", "… and " + Text.count(all - LISTED) + " more");
        }
    }

    /** The demo user's entries that were cached before and are not cached now. */
    Set<String> goneSince(Set<String> before) {
        var gone = new TreeSet<>(before);
        gone.removeAll(watch.entries(demo.user()));
        return gone;
    }

    /** A read that must show the expected value, whose evictions were reported before the read began. */
    Answer freshRead(String path, String field, JsonNode expected) {
        var answer = demo.read(path);
        statistics.checkedRead(answer.document().at(field).equals(expected));
        return answer;
    }

    /** Reads the paths with limited concurrency until the time limit, and shows the progress. */
    ParallelReads readAll(String label, List<String> paths, Duration limit, Consumer<Answer> each) {
        var run = new ParallelReads(demo, each);
        var start = System.nanoTime();
        for (int i = 0; i < paths.size() && since(start).compareTo(limit) < 0; i++) {
            run.read(paths.get(i));
            if (i % 50 == 0) {
                console.live("  " + label + " " + Text.bar(i, paths.size(), 20));
            }
        }
        run.await();
        return run;
    }

    Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** The last line of the tour: writes, evictions, stale reads, times. */
    public String summary() {
        watch.settle();
        return statistics.summary(watch.removed(), most());
    }

    @Override
    public void close() {
        app.close();
        watch.close();
    }
}
