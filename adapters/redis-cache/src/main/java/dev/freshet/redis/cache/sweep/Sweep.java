// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.sweep;

import static dev.freshet.redis.cache.pipeline.Utf8.utf8;

import dev.freshet.redis.MasterLink;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.pipeline.SingleCommand;
import dev.freshet.redis.cache.pipeline.Step;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans the key space of every master and passes on every key that matches a glob and exists throughout the scan; some
 * more than once. A cursor is not valid on another server, and a slot that moves to a master that was already scanned
 * takes its keys with it. So if the masters or their slots change during the scan, it starts over.
 */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int PAGE = 1000;
    private static final long PAUSE_MILLIS = 100;

    private final RedisLink<byte[], byte[]> link;
    private final Pipeline pipeline;

    public Sweep(RedisLink<byte[], byte[]> link, Pipeline pipeline) {
        this.link = link;
        this.pipeline = pipeline;
    }

    /** What to do with some matching keys. */
    public interface Visitor {
        void visit(List<byte[]> keys) throws InterruptedException;
    }

    /** The masters that are known now; waits for a connection. */
    public List<MasterLink<byte[], byte[]>> masters() throws InterruptedException {
        var found = new ArrayList<MasterLink<byte[], byte[]>>();
        pipeline.run(SingleCommand.of(redis -> CompletableFuture.completedStage(link.masters()), found::addAll));
        return found;
    }

    public void each(String glob, Visitor visitor) throws InterruptedException {
        for (int turn = 1; !once(glob, visitor); turn++) {
            if (turn == 1) {
                LOG.info("Redis changed its masters or moved slots while its keys were scanned; starting over");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Scans once. Returns whether the masters and their slots stayed the same meanwhile. */
    private boolean once(String glob, Visitor visitor) throws InterruptedException {
        var before = identities();
        for (var identity : before) {
            if (identity.movesSlots() || !walk(identity.id(), glob, visitor)) {
                return false;
            }
        }
        return identities().equals(before);
    }

    private List<ScanTarget> identities() throws InterruptedException {
        var found = new ArrayList<ScanTarget>();
        for (var master : masters()) {
            pipeline.run(ScanTarget.ask(link, master.id(), found::add));
        }
        return found;
    }

    /** Scans one master. Returns false if there is no such master any more. */
    private boolean walk(String master, String glob, Visitor visitor) throws InterruptedException {
        var args = ScanArgs.Builder.limit(PAGE).match(utf8(glob));
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            var page = new Page(master, cursor, args);
            pipeline.run(page);
            if (page.answer == null) {
                return false;
            }
            if (!page.answer.getKeys().isEmpty()) {
                visitor.visit(page.answer.getKeys());
            }
            cursor = page.answer;
        } while (!cursor.isFinished());
        return true;
    }

    private final class Page implements Step<KeyScanCursor<byte[]>> {
        private final String master;
        private final ScanCursor from;
        private final ScanArgs args;
        private KeyScanCursor<byte[]> answer;

        private Page(String master, ScanCursor from, ScanArgs args) {
            this.master = master;
            this.from = from;
            this.args = args;
        }

        @Override
        public CompletionStage<KeyScanCursor<byte[]>> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
            return link.master(master)
                    .<CompletionStage<KeyScanCursor<byte[]>>>map(alone -> alone.send(it -> it.scan(from, args)))
                    .orElseGet(() -> CompletableFuture.completedStage(null));
        }

        @Override
        public Step<?> accept(KeyScanCursor<byte[]> page) {
            answer = page;
            return null;
        }
    }
}
