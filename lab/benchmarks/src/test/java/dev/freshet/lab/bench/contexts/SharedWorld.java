// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.contexts;

import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.world.BenchServers;

/**
 * Servers and a few rows for all tests of this JVM: to migrate costs more than they do together. All of it ends with the
 * JVM.
 */
public final class SharedWorld {
    /** Tasks of the one user, and of all others together. */
    public static final int TASKS = 20;

    private static SharedWorld started;

    public final BenchServers servers = new BenchServers();
    public final SubjectLauncher launcher = new SubjectLauncher(
            servers.redisUri(), WorkFolder.create("bench-test").path());
    public final ContextWorld contexts = new ContextWorld(servers, launcher.folder(), new ContextRows(TASKS));

    private SharedWorld() {}

    public static synchronized SharedWorld get() {
        if (started == null) {
            started = new SharedWorld();
        }
        return started;
    }
}
