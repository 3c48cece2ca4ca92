// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Several clients order and read the same products at a time. Stock only shrinks: whoever is shown more than their own order left
 * was shown a value from before it.
 */
public final class Race {
    private static final String POSITION = "Freshet-Position";
    private static final int PRODUCTS = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI orders;
    private final URI catalog;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger();

    public Race(URI orders, URI catalog) {
        this.orders = orders;
        this.catalog = catalog;
    }

    /**
     * How it went.
     *
     * @param answers of the catalogue that were checked
     * @param stale those of them that missed the client's own order
     */
    public record Result(int answers, int stale) {}

    /** Runs it: so many clients, so many orders each. */
    public Result run(int clients, int each) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(clients);
        try {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (int client = 0; client < clients; client++) {
                all.add(threads.submit(() -> {
                    for (int order = 0; order < each; order++) {
                        order(1 + order % PRODUCTS);
                    }
                    return null;
                }));
            }
            for (var one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return new Result(answers.get(), stale.get());
    }

    private void order(int product) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(catalog.resolve("/products/" + product)));
        var ordered = send(HttpRequest.newBuilder(orders.resolve("/products/" + product + "/orders"))
                .POST(BodyPublishers.noBody()));
        int left = number("left", ordered.body());
        check(left, number("shown", ordered.body()));
        var position = ordered.headers().firstValue(POSITION).orElseThrow();
        var read = send(
                HttpRequest.newBuilder(catalog.resolve("/products/" + product)).header(POSITION, position));
        check(left, number("stock", read.body()));
        var listed = send(HttpRequest.newBuilder(catalog.resolve("/categories/1/products"))
                .header(POSITION, position));
        check(left, numbers("stock", listed.body()).get(product - 1));
    }

    private void check(int left, int shown) {
        answers.incrementAndGet();
        if (shown > left) {
            stale.incrementAndGet();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }

    private static int number(String name, String json) {
        return numbers(name, json).get(0);
    }

    private static List<Integer> numbers(String name, String json) {
        return Pattern.compile("\"" + name + "\":(-?[0-9]+)")
                .matcher(json)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }
}
