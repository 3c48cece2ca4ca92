// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.demo;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** {@code ./freshet example spring}: both services on this machine, a race, and then time to look. */
public final class Demo {
    private static final int CLIENTS = 4;
    private static final int ORDERS = 100;

    private Demo() {}

    /** With {@code --once} it ends after the race: with 0 if no answer was stale. */
    public static void main(String[] args) throws Exception {
        boolean once = Arrays.asList(args).contains("--once");
        boolean stale;
        try (var shop = Shop.start()) {
            var result = new Race(shop.orders(), shop.catalog()).run(CLIENTS, ORDERS);
            stale = result.stale() > 0;
            System.out.printf(
                    "%d orders by %d clients; %d answers of the catalogue, of which %d missed the client's own order%n",
                    CLIENTS * ORDERS, CLIENTS, result.answers(), result.stale());
            if (!once) {
                System.out.printf(
                        "Try it, and end with Ctrl-C:%n  curl -i %s/products/1%n  curl -i -X POST %s/products/1/orders%n  curl"
                                + " %s/actuator/freshet%n",
                        shop.catalog(), shop.orders(), shop.catalog());
                new CountDownLatch(1).await();
            }
        }
        System.exit(stale ? 1 : 0);
    }
}
