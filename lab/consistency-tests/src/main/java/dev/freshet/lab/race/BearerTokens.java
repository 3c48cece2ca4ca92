// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import dev.freshet.devservices.stack.DemoToken;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens for the users of the run. Each token is issued once. Thread-safe. */
final class BearerTokens {
    private static final Duration VALID = Duration.ofDays(2);

    private final String secret;
    private final ConcurrentHashMap<String, String> issued = new ConcurrentHashMap<>();

    BearerTokens(String secret) {
        this.secret = secret;
    }

    String of(String user) {
        return issued.computeIfAbsent(user, one -> DemoToken.of(one, secret, VALID));
    }
}
