// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Injects faults one after the other, in a random order that the seed determines. All faults are injected before any is
 * repeated. Before each fault, the invalidator must have recovered from the previous one. One thread runs it.
 */
public final class FaultInjector implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FaultInjector.class);

    private final Faults faults;
    private final List<String> names;
    private final Supplier<List<String>> wanted;
    private final Recovery recovery;
    private final Random random;
    private final int restMillis;
    private final BooleanSupplier goOn;
    private final Map<String, LongAdder> injected = new ConcurrentSkipListMap<>();
    private volatile String latest = "";
    private volatile String failure;

    /**
     * @param names the names of the faults
     * @param wanted after the first round, only these faults are repeated; if empty, all are
     * @param restMillis average pause after a recovery
     */
    public FaultInjector(
            Faults faults,
            List<String> names,
            Supplier<List<String>> wanted,
            Recovery recovery,
            Random random,
            int restMillis,
            BooleanSupplier goOn) {
        this.faults = faults;
        this.names = List.copyOf(names);
        this.wanted = wanted;
        this.recovery = recovery;
        this.random = random;
        this.restMillis = restMillis;
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try {
            while (goOn.getAsBoolean() && !names.isEmpty()) {
                var again = wanted.get();
                var order = new ArrayList<>(injected.isEmpty() || again.isEmpty() ? names : again);
                Collections.shuffle(order, random);
                for (var name : order) {
                    rest();
                    if (!goOn.getAsBoolean()) {
                        return;
                    }
                    inject(name);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("{} failed", latest, e);
            failure = latest + " failed: " + e;
        }
    }

    private void inject(String name) throws Exception {
        latest = name;
        LOG.info("fault: {}", name);
        faults.named(name).inject();
        injected.computeIfAbsent(name, ignored -> new LongAdder()).increment();
        long nanos = recovery.await();
        if (nanos < 0) {
            throw new IllegalStateException("no position past the fault was published within " + Recovery.PATIENCE);
        }
        LOG.info("{}: recovered after {} ms", name, nanos / 1_000_000);
        latest = "";
    }

    private void rest() throws InterruptedException {
        Thread.sleep(restMillis / 2 + random.nextInt(restMillis + 1));
    }

    /** The current fault, until its recovery is complete; otherwise an empty text. */
    public String latest() {
        return latest;
    }

    /** Why the injection of faults ended early; null if it did not. */
    public String failure() {
        return failure;
    }

    /** How often each fault was injected. */
    public Map<String, Long> injected() {
        var counts = new TreeMap<String, Long>();
        names.forEach(name -> counts.put(name, 0L));
        injected.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }
}
