// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import static dev.freshet.invalidator.evict.Utf8.utf8;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Walks the key space and hands over every key that matches a glob and exists from beginning to end; some more than once.
 */
final class Sweep {
    private static final int PAGE = 1000;

    private final Pipeline pipeline;

    Sweep(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** What to do with some matching keys. */
    interface Visitor {
        void visit(List<byte[]> keys) throws InterruptedException;
    }

    void each(String glob, Visitor visitor) throws InterruptedException {
        var args = ScanArgs.Builder.limit(PAGE).match(utf8(glob));
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            var page = new Page(cursor, args);
            pipeline.run(page);
            if (!page.answer.getKeys().isEmpty()) {
                visitor.visit(page.answer.getKeys());
            }
            cursor = page.answer;
        } while (!cursor.isFinished());
    }

    private static final class Page implements Step<KeyScanCursor<byte[]>> {
        private final ScanCursor from;
        private final ScanArgs args;
        private KeyScanCursor<byte[]> answer;

        private Page(ScanCursor from, ScanArgs args) {
            this.from = from;
            this.args = args;
        }

        @Override
        public CompletionStage<KeyScanCursor<byte[]>> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
            return redis.scan(from, args);
        }

        @Override
        public Step<?> accept(KeyScanCursor<byte[]> page) {
            answer = page;
            return null;
        }
    }
}
