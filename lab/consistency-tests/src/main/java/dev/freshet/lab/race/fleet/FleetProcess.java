// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.ReadFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** A process of the fleet. It can be killed and started again. Reads are thread-safe; one thread does all else. */
public final class FleetProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TAIL = 20;

    private final ChildProcess.Spec spec;
    private final Consumer<String> broken;
    private volatile Conversation conversation;

    /** @param broken is told if the process ends by itself */
    FleetProcess(ChildProcess.Spec spec, Consumer<String> broken) {
        this.spec = spec;
        this.broken = broken;
    }

    /** Starts the process, without waiting until it is ready. */
    void launch() {
        var begun = new Conversation(ChildProcess.startPiped(spec));
        conversation = begun;
        begun.process().onExit().thenAccept(code -> {
            if (!begun.isEnding()) {
                broken.accept("%s ended with exit code %d. Its log ends with:%n%s"
                        .formatted(spec.name(), code, begun.process().logTail(TAIL)));
            }
        });
    }

    void awaitReady() throws InterruptedException {
        expect("ready");
    }

    Answer read(ReadRequest request) throws ReadFailedException, InterruptedException {
        return conversation.read(request);
    }

    /** Sends SIGKILL. Returns when the process has ended. */
    public void kill() {
        conversation.kill();
    }

    /** Starts the process again after {@link #kill}. Returns when it is ready. */
    public void startAgain() throws InterruptedException {
        launch();
        awaitReady();
    }

    /** Sends a signal such as {@code STOP} or {@code CONT}. */
    public void signal(String signal) {
        conversation.process().signal(signal);
    }

    /**
     * Has the next load that holds the lease of its entry wait, before its fill. Returns whether there was one in time; it
     * then waits for {@link #release}.
     */
    public boolean hold(Duration patience) throws InterruptedException {
        conversation.forget();
        say("hold");
        boolean holding = conversation.await("holding", patience) != null;
        if (!holding) {
            release();
        }
        return holding;
    }

    /** Lets go on what {@link #hold} stopped, as soon as the process runs. */
    public void release() {
        say("release");
    }

    void say(String line) {
        try {
            conversation.send(line);
        } catch (IOException e) {
            throw new StackException(spec.name() + " does not take requests any more. " + logEnd(), e);
        }
    }

    /** What the process tells with that word. */
    String[] expect(String word) throws InterruptedException {
        var words = conversation.await(word, PATIENCE);
        if (words == null) {
            throw new StackException(
                    "%s did not say '%s' within %d s. %s".formatted(spec.name(), word, PATIENCE.toSeconds(), logEnd()));
        }
        return words;
    }

    private String logEnd() {
        return "Its log, " + spec.log() + ", ends with:\n"
                + conversation.process().logTail(TAIL);
    }

    @Override
    public String toString() {
        return spec.name();
    }
}
