// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.reader;

import io.lettuce.core.RedisClient;

public class TalksToRedis {
    RedisClient redis;
}
