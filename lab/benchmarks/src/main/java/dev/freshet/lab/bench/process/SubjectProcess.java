// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.bench.world.ItemTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A subject that was started. Closing ends it. Not thread-safe. */
public final class SubjectProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TAIL = 20;

    private final Subject subject;
    private final ItemTable table;
    private final ChildProcess process;
    private final AdminPages pages;
    private long purgesBefore;

    /** @param admin address of its pages; null: it has none */
    SubjectProcess(Subject subject, ItemTable table, ChildProcess process, URI admin) {
        this.subject = subject;
        this.table = table;
        this.process = process;
        this.pages = admin == null ? null : new AdminPages(admin);
    }

    public Subject subject() {
        return subject;
    }

    /** What it has used so far. */
    public ProcessUsage usage() {
        requireAlive();
        return ProcessUsage.of(process.pid());
    }

    /** Whether it has printed this line. */
    public boolean hasPrinted(String line) {
        try {
            return Files.exists(process.log())
                    && Files.readString(process.log()).lines().anyMatch(line::equals);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of " + process, e);
        }
    }

    /** Returns when it reads its slot and, if it is Freshet, says that it is ready. The listener says nothing. */
    public void awaitReady() throws SQLException, InterruptedException {
        await(this::isReady);
        if (pages != null) {
            purgesBefore = pages.purges();
        }
    }

    /** Returns when it stands by. Only Freshet does, beside one that evicts. */
    public void awaitStandby() throws SQLException, InterruptedException {
        await(pages::isReadyOrStandby);
    }

    private interface Condition {
        boolean isMet() throws SQLException, InterruptedException;
    }

    private void await(Condition condition) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.isMet()) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw new StackException(
                        process.name() + " was not ready within " + PATIENCE.toSeconds() + " s." + logEnd());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean isReady() throws SQLException, InterruptedException {
        return !subject.streams()
                || table.isStreaming(table.slot(subject.label())) && (pages == null || pages.isReady());
    }

    /**
     * Checks that it has evicted keys one by one.
     *
     * @throws StackException if it has purged them, since it was {@linkplain #awaitReady() ready} if that was awaited
     */
    public void requireNoPurge() throws InterruptedException {
        if (pages != null && pages.purges() > purgesBefore) {
            throw new StackException(process.name() + " purged its namespace, so nothing was measured." + logEnd());
        }
    }

    /** @throws StackException if it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new StackException(
                    process.name() + " ended with exit code " + process.onExit().join() + "." + logEnd());
        }
    }

    private String logEnd() {
        return " Its log ends with:\n" + process.logTail(TAIL).indent(2).stripTrailing();
    }

    /** Sends SIGKILL. Returns when it has ended. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.stop();
    }
}
