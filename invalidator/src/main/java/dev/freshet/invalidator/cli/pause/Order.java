// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.pause;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.invalidator.cli.recent.AdminPort;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.secret.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Predicate;
import picocli.CommandLine.ExitCode;

/** Tells a running invalidator to do something, and waits until it has. */
final class Order {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;

    private final AdminPort admin;
    private final Secret token;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @throws dev.freshet.support.config.ConfigException if there is no token */
    Order(AdminPort admin, Environment environment, PrintWriter out, PrintWriter err) {
        this.admin = admin;
        this.token = environment.requiredSecret(
                "FRESHET_ADMIN_TOKEN", "the token that the invalidator was started with, in the same variable");
        this.out = out;
        this.err = err;
    }

    /**
     * Gives the order. Returns the exit code.
     *
     * @param done whether it is carried out in this state
     * @param told what to say then
     */
    int give(String path, Predicate<String> done, String told) throws InterruptedException {
        try {
            JsonNode status = admin.post(path, token);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!done.test(status.path("state").asText()) && System.nanoTime() - end < 0) {
                Thread.sleep(POLL_MILLIS);
                status = admin.get("/status");
            }
            String state = status.path("state").asText();
            String lag = status.path("lagBytes").asText();
            if (!done.test(state)) {
                err.println("the order was taken, but the invalidator is still " + state
                        + (status.path("reason").isTextual()
                                ? ": " + status.path("reason").asText()
                                : ""));
                err.flush();
                return ExitCode.SOFTWARE;
            }
            out.println(told.replace("SLOT", status.path("slot").asText()).replace("LAG", lag));
            out.flush();
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("the invalidator did not do it: "
                    + (e.getMessage() == null ? "cannot connect to " + admin : e.getMessage()));
            err.flush();
            return ExitCode.SOFTWARE;
        }
    }
}
