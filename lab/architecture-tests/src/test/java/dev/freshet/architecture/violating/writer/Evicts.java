// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.writer;

import io.lettuce.core.RedisClient;

public class Evicts {
    RedisClient redis;
}
