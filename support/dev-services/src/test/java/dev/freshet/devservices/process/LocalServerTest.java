// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalServerTest {
    @Test
    void aServerThatHasAnsweredOnceIsStarted() {
        try (var server = new ServerThatAnswersOnce()) {
            server.startFirst(0);
            assertTrue(server.isRunning());
        }
    }

    /** Answers its first probe only, as a server on a busy machine may. */
    private static final class ServerThatAnswersOnce extends LocalServer {
        private final AtomicInteger probes = new AtomicInteger();

        ServerThatAnswersOnce() {
            super("answers-once");
        }

        @Override
        protected List<String> command() {
            return List.of("sleep", "600");
        }

        @Override
        protected boolean isReady(ChildProcess candidate) {
            return probes.incrementAndGet() == 1;
        }

        @Override
        protected String stopSignal() {
            return "TERM";
        }

        @Override
        protected String quitSignal() {
            return "KILL";
        }

        @Override
        protected boolean portWasTaken(String log) {
            return false;
        }
    }
}
