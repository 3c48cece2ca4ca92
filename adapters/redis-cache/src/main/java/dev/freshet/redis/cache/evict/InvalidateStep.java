// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import static dev.freshet.redis.cache.pipeline.Utf8.utf8;

import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.ProtocolScript;
import dev.freshet.redis.Script;
import dev.freshet.redis.cache.pipeline.Limits;
import dev.freshet.redis.cache.pipeline.Step;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Fences some tags of one isolate and unlinks the entries under them, a bounded number at a time.
 *
 * @param prefix of the isolate's keys
 */
record InvalidateStep(String prefix, List<TagTarget> tags, Limits limits, ReportBuilder tally)
        implements Step<List<Object>> {
    private static final Script INVALIDATE = Script.of(ProtocolScript.INVALIDATE.text());

    @Override
    public CompletionStage<List<Object>> send(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        byte[][] keys = new byte[1 + tags.size()][];
        byte[][] args = new byte[4 + tags.size()][];
        keys[0] = utf8(prefix + CacheKeys.FENCES);
        args[0] = number(limits.fenceLifetime().toMillis());
        args[1] = number(limits.entriesPerCall());
        args[2] = number(tally.namesWanted());
        args[3] = number(limits.mostFences());
        for (int i = 0; i < tags.size(); i++) {
            String tag = tags.get(i).tag();
            keys[1 + i] = utf8(prefix + CacheKeys.TAG_SET + tag);
            args[4 + i] = utf8(tag);
        }
        return INVALIDATE.run(redis, ScriptOutputType.MULTI, keys, args);
    }

    @Override
    public Step<?> accept(List<Object> answer) {
        int done = Math.toIntExact((Long) answer.get(0));
        for (int i = 1; i < answer.size(); i++) {
            var unlinked = (List<?>) answer.get(i);
            var names = new ArrayList<String>();
            unlinked.subList(1, unlinked.size())
                    .forEach(name -> names.add(new String((byte[]) name, StandardCharsets.UTF_8)));
            tally.entries(tags.get(i - 1).target(), (Long) unlinked.get(0), names);
        }
        return done == tags.size() ? null : new InvalidateStep(prefix, tags.subList(done, tags.size()), limits, tally);
    }

    private static byte[] number(long value) {
        return utf8(Long.toString(value));
    }
}
