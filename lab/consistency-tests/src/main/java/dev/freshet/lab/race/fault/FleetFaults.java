// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

import dev.freshet.lab.race.fleet.Fleet;
import dev.freshet.lab.race.fleet.FleetProcess;
import dev.freshet.lab.race.source.RaceCaches;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Faults of the processes that read. */
final class FleetFaults {
    static final String KILL = "kill-reader";
    static final String KILL_HOLDER = "kill-lease-holder";
    static final String PAUSE_HOLDER = "pause-lease-holder";
    static final List<String> NAMES = List.of(KILL, KILL_HOLDER, PAUSE_HOLDER);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 20;

    private final Fleet fleet;
    private final Random random;

    FleetFaults(Fleet fleet, Random random) {
        this.fleet = fleet;
        this.random = random;
    }

    /** Sends SIGKILL, whatever the process is doing. Starts it again a while later. */
    void killReader() throws InterruptedException {
        kill(any());
    }

    /** Sends SIGKILL to a process that loads for all. Its lease expires. */
    void killLeaseHolder() throws InterruptedException {
        kill(holder());
    }

    private void kill(FleetProcess process) throws InterruptedException {
        process.kill();
        Thread.sleep(random.nextInt(1_000));
        process.startAgain();
    }

    /** Stops a process that loads for all until its lease is another's; it does not notice, and stores what it loaded. */
    void pauseLeaseHolder() throws InterruptedException {
        var process = holder();
        process.signal("STOP");
        try {
            Thread.sleep(RaceCaches.LEASE.toMillis() + 100 + random.nextInt(2_000));
        } finally {
            process.release();
            process.signal("CONT");
        }
    }

    private FleetProcess any() {
        return fleet.process(random.nextInt(fleet.size()));
    }

    /** A process in which a load waits that has the lease of its entry. */
    private FleetProcess holder() throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            var process = any();
            if (process.hold(PATIENCE)) {
                return process;
            }
        }
        throw new IllegalStateException("no process of the fleet has got a lease within "
                + PATIENCE.multipliedBy(ATTEMPTS).toSeconds() + " s");
    }
}
