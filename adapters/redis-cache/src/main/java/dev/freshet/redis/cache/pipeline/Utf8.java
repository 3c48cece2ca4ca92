// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.pipeline;

import java.nio.charset.StandardCharsets;

/** Encodes text for Redis. */
public final class Utf8 {
    private Utf8() {}

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
