// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import dev.freshet.protocol.Isolate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells from outside when evictions are done, where nobody reports them: with a cached view of a user of its own, the
 * tracer, which every change of a tracer's context makes stale. Each table has a topic with one partition, so what the
 * sink evicts for a change of the tracer's comes after, or with, what it evicts for earlier changes of that table. Once the
 * view is gone, the batch of these has begun. The second change of the tracer's is then in a later batch, which begins
 * when the earlier one is done. Not thread-safe.
 */
public final class TracedEvictions implements Evictions {
    /** The owner of the rows that are changed for this. */
    public static final String USER = "tracer";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Api api;
    private final UnawareApp app;
    private final KeyWatch watch;
    private final Map<String, Object> ids = new LinkedHashMap<>();
    private String path;
    private String key;
    private int round;

    /** @param api with the token of {@link #USER} */
    TracedEvictions(Api api, UnawareApp app, KeyWatch watch) {
        this.api = api;
        this.app = app;
        this.watch = watch;
    }

    /** Creates the tracer's contexts, one at each level; so each table has a first record. */
    void create() {
        long project = create("/v1/projects");
        api.patch("/v1/global", Map.of("document", Map.of("round", round)));
        long branch = create("/v1/projects/" + project + "/branches");
        long task = create("/v1/branches/" + branch + "/tasks");
        ids.put("global", USER);
        ids.put("project", project);
        ids.put("branch", branch);
        ids.put("task", task);
        path = "/v1/tasks/" + task + "/resolved";
        key = KeyWatch.KEYS.entry(Isolate.of(USER), "task", List.of(Long.toString(task)), "resolved");
    }

    private long create(String parent) {
        return api.create(parent, Map.of("name", USER, "document", Map.of())).id();
    }

    /** Its latency is the time until the first change of the tracer's was evicted: the transaction's own is shorter. */
    @Override
    public Transaction await(long txId, String level) {
        long start = System.nanoTime();
        pass(level);
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        pass(level);
        return Transaction.seen(txId, latency);
    }

    @Override
    public void settle() {
        ids.keySet().forEach(level -> {
            pass(level);
            pass(level);
        });
    }

    /** Returns once a change of the tracer's that begins now is evicted. */
    private void pass(String level) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!watch.has(key)) {
            api.read(path);
            require(deadline, "the tracer's view is not cached");
        }
        app.commit(
                "update freshet." + level + "_context set document = document || jsonb_build_object('round', ?::int)"
                        + " where " + (level.equals("global") ? "user_id" : "id") + " = ?",
                ++round,
                ids.get(level));
        while (watch.has(key)) {
            Pause.millis(1);
            require(deadline, "a change of the tracer's " + level + " is not evicted");
        }
    }

    private static void require(long deadline, String what) {
        if (System.nanoTime() > deadline) {
            throw new QuickstartException(what + " after " + PATIENCE.toSeconds() + " s");
        }
    }
}
