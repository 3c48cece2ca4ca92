// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.protocol.ProtocolScript;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes beside the position which process reads the stream, and from where, so that the next one knows of those that
 * died there. Thread-safe.
 */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final Script END = Script.of(ProtocolScript.END_READING.text());
    private static final long END_SECONDS = 2;

    private final RedisLink<byte[], byte[]> link;
    private final Pipeline pipeline;
    private volatile List<String> begun = List.of();

    Reading(RedisLink<byte[], byte[]> link, Pipeline pipeline) {
        this.link = link;
        this.pipeline = pipeline;
    }

    /** Returns the most that any of the positions tells of. */
    Losses begin(List<String> positions, Claim claim, String process, String place, int enough, boolean again)
            throws InterruptedException {
        var steps = positions.stream()
                .map(key -> new BeginReadingStep(key, claim, process, place, enough, again))
                .toList();
        pipeline.run(steps.iterator());
        begun = positions;
        return steps.stream()
                .map(BeginReadingStep::losses)
                .max(Comparator.comparingInt(Losses::processes))
                .orElse(Losses.NONE);
    }

    /** Does not wait long for a Redis that is away: then the process counts as lost. Nor does an interrupt keep it from it. */
    void end(String process) {
        boolean interrupted = Thread.interrupted();
        try {
            var answers = begun.stream()
                    .map(position -> END.run(
                                    link.commands(),
                                    ScriptOutputType.INTEGER,
                                    new byte[][] {Utf8.utf8(position)},
                                    Utf8.utf8(process))
                            .toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(answers).get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (RuntimeException | ExecutionException | TimeoutException e) {
            LOG.debug("could not tell Redis that this process stops reading: {}", e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
