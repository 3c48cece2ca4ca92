// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.AbstractRedisClient;
import java.util.concurrent.CompletionStage;

/** How to connect to one kind of Redis. */
interface Connector<K, V> {
    AbstractRedisClient client();

    CompletionStage<Standing<K, V>> connect();
}
