// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import dev.freshet.devservices.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What the invalidator says of itself over HTTP. */
final class AdminPages {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String PREFIX = "freshet_invalidator_";
    private static final String PURGES = PREFIX + "purges_total";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    AdminPages(URI address) {
        this.address = address;
    }

    boolean isReady() throws InterruptedException {
        return isFine("/readyz");
    }

    /** Whether it evicts, or stands by. */
    boolean isReadyOrStandby() throws InterruptedException {
        return isFine("/readyz?standby");
    }

    private boolean isFine(String page) throws InterruptedException {
        try {
            return get(page).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How often it has purged its namespace. */
    long purges() throws InterruptedException {
        try {
            return purges(get("/metrics").body());
        } catch (IOException e) {
            throw new StackException("the invalidator at " + address + " did not tell its metrics", e);
        }
    }

    /** Reads the text format of Prometheus. */
    static long purges(String metrics) {
        if (metrics.lines().noneMatch(line -> line.startsWith(PREFIX))) {
            throw new StackException("there is no metric " + PREFIX + "… on the invalidator's page");
        }
        return (long) metrics.lines()
                .filter(line -> line.startsWith(PURGES))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String page) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address.resolve(page)).timeout(TIMEOUT).build();
        return http.send(request, BodyHandlers.ofString());
    }
}
