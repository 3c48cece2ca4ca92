// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.devservices.RedisOptions;

/** How Redis is set up: a user for each process, held to Freshet's keys and to commands that cannot do harm. */
final class Cache {
    static final String READER = "freshet-reader";
    static final String INVALIDATOR = "freshet-invalidator";

    private static final String LEAST =
            "resetchannels ~ctx:* -@all +@read +@write +@connection +@scripting +time -@dangerous +info +role +wait";

    private Cache() {}

    static RedisOptions options(int port, Credentials credentials) {
        return RedisOptions.defaults()
                .preferPort(port)
                .withPassword(credentials.redisAdmin())
                .directive("user " + READER + " on >" + credentials.redisReader() + " " + LEAST)
                .directive("user " + INVALIDATOR + " on >" + credentials.redisInvalidator() + " " + LEAST)
                // What the tour watches: keys set, removed, expired, dropped.
                .directive("notify-keyspace-events Kg$xe");
    }
}
