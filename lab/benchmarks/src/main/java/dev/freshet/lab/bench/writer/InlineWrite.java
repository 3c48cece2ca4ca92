// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

import dev.freshet.lab.bench.contexts.ContextRows;
import io.lettuce.core.api.sync.RedisCommands;
import java.sql.SQLException;

/**
 * Plain SQL; after each commit one DEL of what became stale: the task, the task with what it inherits, and the list of
 * its branch. It waits for the answer.
 */
record InlineWrite(SqlWrite sql, RedisCommands<String, String> redis, ContextRows rows) implements Write {
    @Override
    public void change(int task, long number) throws SQLException {
        sql.change(task, number);
        redis.del("task:" + task + ":own", "task:" + task + ":resolved", "branch:" + rows.owner(task) + ":tasks");
    }

    @Override
    public void close() throws SQLException {
        sql.close();
    }
}
