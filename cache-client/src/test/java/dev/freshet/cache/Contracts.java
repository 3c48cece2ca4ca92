// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.devservices.RawRedis;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import java.util.Set;

/** What an invalidator promises in {@code ctx}, for tests in which none runs. */
public final class Contracts {
    private static final Set<String> KINDS = Set.of("a", "ok", "task", "task/inherited", "branch/inherited");

    private Contracts() {}

    /** All tags that the tests use are evicted. */
    public static void promise(RawRedis raw) {
        promise(raw, new Coverage(KINDS, KINDS));
    }

    public static void promise(RawRedis raw, Coverage coverage) {
        raw.promise("ctx", new Contract("nobody", "c0ffee", coverage).fields());
    }

    public static void promise(String uri) {
        try (var raw = new RawRedis(uri)) {
            promise(raw);
        }
    }
}
