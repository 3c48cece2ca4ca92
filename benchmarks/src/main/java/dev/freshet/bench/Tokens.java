// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.quickstart.stack.DemoToken;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens for the users of the run. Each token is issued once. Thread-safe. */
final class Tokens {
    private static final Duration VALID = Duration.ofDays(2);

    private final String secret;
    private final ConcurrentHashMap<String, String> issued = new ConcurrentHashMap<>();

    Tokens(String secret) {
        this.secret = secret;
    }

    String of(String user) {
        return issued.computeIfAbsent(user, one -> DemoToken.of(one, secret, VALID));
    }
}
