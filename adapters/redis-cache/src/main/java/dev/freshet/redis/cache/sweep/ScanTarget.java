// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.sweep;

import dev.freshet.redis.MasterLink;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.cache.pipeline.SingleCommand;
import dev.freshet.redis.cache.pipeline.Step;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A master whose keys are scanned.
 *
 * @param id its id in the link
 * @param runId changes with each start of the process; empty if there is no such master any more
 * @param slots in Redis Cluster the slots that it serves and those that are being moved, as in CLUSTER NODES; else
 *     empty
 */
record ScanTarget(String id, String runId, String slots) {
    private static final int SLOTS = 8;

    /** Creates a step that asks the master. */
    static Step<ScanTarget> ask(RedisLink<byte[], byte[]> link, String id, Consumer<ScanTarget> taker) {
        return SingleCommand.of(
                redis -> link.master(id)
                        .map(ScanTarget::ask)
                        .orElseGet(() -> CompletableFuture.completedStage(new ScanTarget(id, "", ""))),
                taker);
    }

    private static CompletionStage<ScanTarget> ask(MasterLink<byte[], byte[]> master) {
        return master.send(redis -> redis.info("server").thenCompose(info -> {
            var walked = new ScanTarget(master.id(), runId(info), "");
            return master.positionIndex().isEmpty()
                    ? CompletableFuture.completedStage(walked)
                    : redis.clusterNodes().thenApply(nodes -> new ScanTarget(walked.id, walked.runId, slots(nodes)));
        }));
    }

    boolean movesSlots() {
        return slots.contains("[");
    }

    private static String runId(String info) {
        return info.lines()
                .filter(line -> line.startsWith("run_id:"))
                .map(String::strip)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("INFO server returned no run_id"));
    }

    private static String slots(String nodes) {
        return nodes.lines()
                .map(line -> line.split(" "))
                .filter(line -> line[2].contains("myself"))
                .flatMap(line -> Arrays.stream(line).skip(SLOTS))
                .collect(Collectors.joining(" "));
    }
}
