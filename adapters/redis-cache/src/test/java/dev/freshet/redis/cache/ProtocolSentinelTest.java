// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import dev.freshet.devservices.RedisSentinel;

final class ProtocolSentinelTest extends ProtocolTest {
    ProtocolSentinelTest(RedisSentinel redis) {
        super(Servers.of(redis));
    }
}
