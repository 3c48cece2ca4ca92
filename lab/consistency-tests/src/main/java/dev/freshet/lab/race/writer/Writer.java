// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.writer;

import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.transaction.CommitReceipt;
import dev.freshet.lab.race.transaction.Intent;
import dev.freshet.lab.race.transaction.IntentGenerator;
import dev.freshet.lab.race.transaction.TransactionExecutor;
import dev.freshet.lab.race.transaction.UnknownOutcomeException;
import dev.freshet.lab.race.world.Tree;
import dev.freshet.lab.race.world.World;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one transaction after the other. They are random, but the same seed gives the same ones. One thread runs it.
 */
public final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final World world;
    private final List<TransactionExecutor> executors;
    private final WriterContext context;
    private final Random random;
    private final IntentGenerator intents;
    private final BooleanSupplier goOn;

    Writer(
            World world,
            List<TransactionExecutor> executors,
            WriterContext context,
            Random random,
            BooleanSupplier goOn) {
        this.world = world;
        this.executors = executors;
        this.context = context;
        this.random = random;
        this.intents = new IntentGenerator(world, random);
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try {
            while (goOn.getAsBoolean()) {
                next();
                Thread.sleep(random.nextInt(context.pauseMillis() + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            executors.forEach(Writer::close);
        }
    }

    private void next() throws InterruptedException {
        int draw = random.nextInt(context.truncateOnceIn());
        if (draw == 0) {
            truncate(random.nextInt(4) == 0);
            return;
        }
        var tree = world.trees().get(random.nextInt(world.trees().size()));
        if (random.nextInt(100) < 62) {
            var rows = random.nextInt(3) == 0 ? above(tree) : tree.tasks();
            one(tree, rows.get(random.nextInt(rows.size())));
        } else {
            several(tree);
        }
    }

    private static List<Row> above(Tree tree) {
        return Stream.of(List.of(tree.global()), tree.projects(), tree.branches())
                .flatMap(List::stream)
                .toList();
    }

    private void one(Tree tree, Row row) throws InterruptedException {
        holding(tree.structure().readLock(), () -> holding(row.lock(), () -> write(intents.one(row))));
    }

    private void several(Tree tree) throws InterruptedException {
        holding(tree.structure().writeLock(), () -> write(intents.several(tree)));
    }

    private void truncate(boolean everything) throws InterruptedException {
        truncate(0, everything);
    }

    /** Locks the trees in their order. Everybody who locks several trees uses this order. */
    private void truncate(int held, boolean everything) throws InterruptedException {
        if (held == world.trees().size()) {
            write(intents.truncate(everything));
        } else {
            holding(world.trees().get(held).structure().writeLock(), () -> truncate(held + 1, everything));
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static void holding(Lock lock, Work work) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void write(Intent intent) throws InterruptedException {
        if (intent == null) {
            return;
        }
        var able = executors.stream().filter(executor -> executor.can(intent)).toList();
        var executor = able.get(random.nextInt(able.size()));
        var affected = new AffectedViews(world);
        affected.add(intent.changes());
        var write = world.begin(intent.what(), intent.changes());
        affected.add(intent.changes());
        var stale = affected.views();
        if (executor.announces()) {
            write.announce();
        }
        context.listeners().forEach(each -> each.beginning(write, stale));
        var receipt = carryOut(executor, intent, write);
        if (receipt == null) {
            write.rolledBack();
            context.listeners().forEach(each -> each.rolledBack(write));
        } else {
            write.committed(receipt.acknowledged(), receipt.position());
            context.listeners().forEach(each -> each.committed(write, stale));
        }
        context.counters().done(intent.what(), receipt != null);
    }

    /** Returns null if the transaction was rolled back. */
    private CommitReceipt carryOut(TransactionExecutor executor, Intent intent, Write write)
            throws InterruptedException {
        try {
            return executor.apply(intent, write.version());
        } catch (UnknownOutcomeException e) {
            LOG.info("{}: {}", write, e.getCause().toString());
            context.counters().countUnclear();
        } catch (IllegalStateException e) {
            context.counters().broken(write + ": " + e.getMessage());
        }
        return context.outcomeQuery().outcomeOf(write, intent.changes());
    }

    private static void close(TransactionExecutor executor) {
        try {
            executor.close();
        } catch (SQLException e) {
            LOG.info("closing a writer's connection: {}", e.toString());
        }
    }
}
