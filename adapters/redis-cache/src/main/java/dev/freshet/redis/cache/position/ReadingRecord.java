// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Losses;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.Script;
import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.pipeline.Utf8;
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
 * Records beside the position which process reads the stream, and from where, so that the next process knows which ones
 * were lost there. Thread-safe.
 */
final class ReadingRecord {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingRecord.class);
    private static final Script END = Script.of(ProtocolScript.END_READING.text());
    private static final long END_SECONDS = 2;

    private final RedisLink<byte[], byte[]> link;
    private final Pipeline pipeline;
    private volatile List<String> begun = List.of();

    ReadingRecord(RedisLink<byte[], byte[]> link, Pipeline pipeline) {
        this.link = link;
        this.pipeline = pipeline;
    }

    /** Returns the losses of the position with the most of them. */
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

    /**
     * Waits only a short time if Redis is unavailable; the process then counts as lost. Works even if the thread was
     * interrupted before.
     */
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
