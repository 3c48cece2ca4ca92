// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.cache;

import io.lettuce.core.RedisClient;

public class PromisesLettuce {
    public RedisClient redis;
}
