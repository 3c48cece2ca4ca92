// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory;

import dev.freshet.redis.memory.command.Reply;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.ConnectionFacade;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.protocol.RedisStateMachine;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * The place of the network in a connection of Lettuce: what is written is run at once, by the thread that writes it.
 * Thread-safe.
 */
final class MemoryChannel implements RedisChannelWriter {
    private final MemoryWire wire;
    private final ClientResources resources;
    private Runnable onClose = () -> {};
    private volatile boolean closed;

    MemoryChannel(MemoryWire wire, ClientResources resources) {
        this.wire = wire;
        this.resources = resources;
    }

    void onClose(Runnable action) {
        onClose = action;
    }

    @Override
    public <K, V, T> RedisCommand<K, V, T> write(RedisCommand<K, V, T> command) {
        try {
            if (closed) {
                throw new RedisException("the connection is closed");
            }
            answer(command, wire.run(Resp.words(encoded(command))));
        } catch (RuntimeException e) {
            command.completeExceptionally(e);
        }
        return command;
    }

    private static String encoded(RedisCommand<?, ?, ?> command) {
        var buffer = Unpooled.buffer();
        command.encode(buffer);
        return buffer.toString(StandardCharsets.ISO_8859_1);
    }

    private static void answer(RedisCommand<?, ?, ?> command, Reply reply) {
        var decoder = new RedisStateMachine();
        try {
            decoder.decode(Unpooled.wrappedBuffer(Resp.bytes(reply)), command.getOutput());
        } finally {
            decoder.close();
        }
        command.complete();
    }

    @Override
    public <K, V> Collection<RedisCommand<K, V, ?>> write(Collection<? extends RedisCommand<K, V, ?>> commands) {
        var written = new ArrayList<RedisCommand<K, V, ?>>();
        commands.forEach(command -> written.add(write(command)));
        return written;
    }

    @Override
    public void close() {
        closed = true;
        onClose.run();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        close();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void setConnectionFacade(ConnectionFacade connection) {}

    @Override
    public void setAutoFlushCommands(boolean autoFlush) {}

    @Override
    public void flushCommands() {}

    @Override
    public ClientResources getClientResources() {
        return resources;
    }
}
