// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import dev.freshet.bench.history.Row;
import dev.freshet.bench.history.Write;
import dev.freshet.bench.world.Tree;
import dev.freshet.bench.world.World;
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
    private final List<Hand> hands;
    private final WriterTools tools;
    private final Random random;
    private final Intents intents;
    private final BooleanSupplier goOn;

    Writer(World world, List<Hand> hands, WriterTools tools, Random random, BooleanSupplier goOn) {
        this.world = world;
        this.hands = hands;
        this.tools = tools;
        this.random = random;
        this.intents = new Intents(world, random);
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try {
            while (goOn.getAsBoolean()) {
                next();
                Thread.sleep(random.nextInt(tools.pauseMillis() + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hands.forEach(Writer::close);
        }
    }

    private void next() throws InterruptedException {
        int draw = random.nextInt(tools.truncateOnceIn());
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
        var able = hands.stream().filter(hand -> hand.can(intent)).toList();
        var hand = able.get(random.nextInt(able.size()));
        var affected = new Affected(world);
        affected.add(intent.changes());
        var write = world.begin(intent.what(), intent.changes());
        affected.add(intent.changes());
        var stale = affected.views();
        if (hand.announces()) {
            write.announce();
        }
        tools.aftermath().forEach(each -> each.beginning(write, stale));
        var receipt = carryOut(hand, intent, write);
        if (receipt == null) {
            write.rolledBack();
            tools.aftermath().forEach(each -> each.rolledBack(write));
        } else {
            write.committed(receipt.acknowledged(), receipt.position());
            tools.aftermath().forEach(each -> each.committed(write, stale));
        }
        tools.counters().done(intent.what(), receipt != null);
    }

    /** Returns null if the transaction was rolled back. */
    private Receipt carryOut(Hand hand, Intent intent, Write write) throws InterruptedException {
        try {
            return hand.apply(intent, write.version());
        } catch (UnclearException e) {
            LOG.info("{}: {}", write, e.getCause().toString());
            tools.counters().countUnclear();
        } catch (IllegalStateException e) {
            tools.counters().broken(write + ": " + e.getMessage());
        }
        return tools.enquiry().whatBecameOf(write, intent.changes());
    }

    private static void close(Hand hand) {
        try {
            hand.close();
        } catch (SQLException e) {
            LOG.info("closing a writer's connection: {}", e.toString());
        }
    }
}
