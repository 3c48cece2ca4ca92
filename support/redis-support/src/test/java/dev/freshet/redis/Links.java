// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import dev.freshet.devservices.junit.Patience;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;

/** Links of text, opened. */
final class Links {
    static final Duration PATIENCE = Patience.PATIENCE;

    private Links() {}

    static RedisLink<String, String> of(String uri, Runnable onConnected) {
        return new RedisLink<>(
                new LinkSettings(RedisAddress.parse(uri), "link-test", Duration.ofSeconds(5), PATIENCE, 1000),
                StringCodec.UTF8,
                onConnected);
    }

    static RedisLink<String, String> open(String uri) throws InterruptedException {
        var link = of(uri, () -> {});
        link.open(PATIENCE);
        return link;
    }
}
