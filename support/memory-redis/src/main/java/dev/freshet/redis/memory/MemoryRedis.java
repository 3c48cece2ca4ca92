// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory;

import dev.freshet.redis.memory.command.Arguments;
import dev.freshet.redis.memory.command.CommandFailure;
import dev.freshet.redis.memory.command.Commands;
import dev.freshet.redis.memory.command.Keyspace;
import dev.freshet.redis.memory.command.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A Redis in this JVM's memory: the commands that the scripts of the protocol and tests use, and the scripts
 * themselves, which it runs as they are. One command runs at a time. Connections go over a {@link MemoryWire}.
 * Thread-safe.
 */
public final class MemoryRedis {
    private final AtomicLong ahead = new AtomicLong();
    private final Keyspace keys = new Keyspace(this::micros);
    private final LuaScripts lua = new LuaScripts(this::run);
    /** By their SHA-1. */
    private final Map<String, String> scripts = new HashMap<>();

    private final Runnable before;

    public MemoryRedis() {
        this(() -> {});
    }

    /** @param before run before each script, by the thread that sends it; it may run commands */
    public MemoryRedis(Runnable before) {
        this.before = before;
    }

    /** Its time goes on by this much at once: what lives shorter is gone. */
    public void advance(Duration time) {
        ahead.addAndGet(time.toNanos() / 1000);
    }

    private long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000 + ahead.get();
    }

    /**
     * Runs a command.
     *
     * @param words its name and what follows: bytes, one in each character
     * @return {@link Reply.Failure} if it cannot be run
     */
    synchronized Reply run(List<String> words) {
        String name = words.get(0).toUpperCase(Locale.ROOT);
        var args = new Arguments(words.subList(1, words.size()));
        try {
            return switch (name) {
                case "TIME" -> time();
                case "PING" -> new Reply.Status("PONG");
                case "FLUSHALL" -> {
                    keys.clear();
                    yield Reply.OK;
                }
                case "SCRIPT" -> script(args);
                case "EVAL" -> eval(args.at(0), args);
                case "EVALSHA" -> evalsha(args);
                default -> Commands.named(name).run(keys, args);
            };
        } catch (CommandFailure e) {
            return new Reply.Failure(e.getMessage());
        }
    }

    /**
     * Runs a command, for a test's own hand.
     *
     * @param words its name and what follows
     * @return null, a {@link Long}, a {@link String}, or a {@link List} of such
     * @throws IllegalStateException if it cannot be run; the message is what Redis would answer
     */
    public Object ask(String... words) {
        var bytes = Arrays.stream(words).map(MemoryRedis::bytes).toList();
        return plain(run(bytes));
    }

    private static Object plain(Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            throw new IllegalStateException(failure.text());
        }
        if (reply instanceof Reply.Many many) {
            return many.replies().stream().map(MemoryRedis::plain).collect(Collectors.toList());
        }
        if (reply instanceof Reply.Number number) {
            return number.value();
        }
        if (reply instanceof Reply.Bulk bulk) {
            return new String(bulk.bytes().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
        return reply instanceof Reply.Status status ? status.text() : null;
    }

    /** The bytes of a text, one in each character. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Reply time() {
        long now = micros();
        return Reply.bulks(List.of("" + now / 1_000_000, "" + now % 1_000_000));
    }

    private Reply script(Arguments args) {
        switch (args.keyword(0)) {
            case "LOAD" -> {
                String digest = digest(args.at(1));
                scripts.put(digest, args.at(1));
                return new Reply.Bulk(digest);
            }
            case "FLUSH" -> {
                scripts.clear();
                return Reply.OK;
            }
            default -> throw CommandFailure.syntax();
        }
    }

    private Reply evalsha(Arguments args) {
        String text = scripts.get(args.at(0).toLowerCase(Locale.ROOT));
        if (text == null) {
            throw new CommandFailure("NOSCRIPT No matching script. Please use EVAL.");
        }
        return eval(text, args);
    }

    private Reply eval(String text, Arguments args) {
        before.run();
        int first = 2 + (int) args.integer(1);
        return lua.run(text, args.from(2).subList(0, first - 2), args.from(first));
    }

    private static String digest(String script) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(script.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
