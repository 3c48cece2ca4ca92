// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import dev.freshet.devservices.stack.StackException;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.SetArgs;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** GET; if nothing is there, a load and a SET with a time to live. Over the same kind of connection as cache-client's. */
record CacheAsideReads(RedisLink<String, byte[]> link, TaskLoads loads, View view, Keys keys) implements Reads {
    private static final SetArgs TIME_TO_LIVE = SetArgs.Builder.ex(300);
    private static final long PATIENCE_MILLIS = 500;

    @Override
    public byte[] read(long number) throws SQLException, InterruptedException {
        String key = key(number);
        byte[] found = await(link.commands().get(key));
        if (found == null) {
            found = loads.load(view, keys.task(number)).json();
            await(link.commands().set(key, found, TIME_TO_LIVE));
        }
        return found;
    }

    /** Deletes the key of a read. */
    void delete(long number) throws InterruptedException {
        await(link.commands().del(key(number)));
    }

    private String key(long number) {
        return "task:" + keys.task(number) + ":" + view.name() + ":" + keys.turn(number);
    }

    static <T> T await(CompletionStage<T> answer) throws InterruptedException {
        try {
            return answer.toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Redis did not answer: " + e, e);
        }
    }
}
