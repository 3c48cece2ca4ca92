// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.ReadFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is said to and by one process of the fleet, until it ends. Thread-safe. */
final class Conversation {
    /** What the process is taken to have said at last. */
    private static final String[] END = {""};

    /** @param at {@link RunClock} when it came */
    private record Received(ReadReply reply, long at) {}

    private final ChildProcess process;
    private final Writer requests;
    private final ClockOffset clock = new ClockOffset();
    private final Map<Integer, CompletableFuture<Received>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<String[]> told = new LinkedBlockingQueue<>();
    private volatile boolean over;
    private volatile boolean ending;

    Conversation(ChildProcess process) {
        this.process = process;
        this.requests = new OutputStreamWriter(process.requests(), StandardCharsets.UTF_8);
        var thread = new Thread(this::listen, process.name() + "-replies");
        thread.setDaemon(true);
        thread.start();
    }

    ChildProcess process() {
        return process;
    }

    /** Whether we end the process ourselves. */
    boolean isEnding() {
        return ending;
    }

    /** Sends SIGKILL. Returns when the process has ended. */
    void kill() {
        ending = true;
        process.kill();
    }

    /** Asks for a read, and waits for what comes of it. */
    Answer read(ReadRequest request) throws ReadFailedException, InterruptedException {
        var reply = new CompletableFuture<Received>();
        asked.put(request.reader(), reply);
        // If the process ends now, nobody completes what has just been put there.
        if (over) {
            throw ended();
        }
        long began = RunClock.now();
        try {
            send(request.line());
            return answer(reply.get(), began);
        } catch (IOException | ExecutionException e) {
            throw ended();
        }
    }

    private Answer answer(Received received, long began) throws ReadFailedException {
        var reply = received.reply();
        if (reply.broken()) {
            throw new IllegalStateException(process + " failed: " + reply.failure());
        }
        if (reply.answer() == null) {
            throw new ReadFailedException(reply.failure());
        }
        var there = reply.answer();
        var span = clock.span(began, there.started(), there.ended(), received.at());
        return new Answer(there.json(), there.status(), there.position(), span.started(), span.ended());
    }

    private ReadFailedException ended() {
        return new ReadFailedException(process + " has ended");
    }

    /** Says a line. */
    void send(String line) throws IOException {
        synchronized (requests) {
            requests.write(line + "\n");
            requests.flush();
        }
    }

    /** Forgets what was told so far, apart from answers. */
    void forget() {
        told.removeIf(words -> words != END);
    }

    /** Waits until the process tells something that begins with that word; null if it ends first, or takes longer. */
    String[] await(String word, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var words = told.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (words == END) {
                told.add(END);
                return null;
            }
            if (words == null || words[0].equals(word)) {
                return words;
            }
        }
    }

    private void listen() {
        try (var replies = new BufferedReader(new InputStreamReader(process.replies(), StandardCharsets.UTF_8))) {
            for (var line = replies.readLine(); line != null; line = replies.readLine()) {
                long at = RunClock.now();
                var words = line.split(" ");
                if (ReadReply.isReply(words[0])) {
                    var reply = ReadReply.parse(words);
                    var waiting = asked.remove(reply.reader());
                    if (waiting != null) {
                        waiting.complete(new Received(reply, at));
                    }
                } else {
                    told.add(words);
                }
            }
        } catch (IOException e) {
            // Its pipe broke, as it was killed.
        } finally {
            over = true;
            told.add(END);
            asked.values().forEach(reply -> reply.completeExceptionally(new IOException("the process has ended")));
        }
    }
}
