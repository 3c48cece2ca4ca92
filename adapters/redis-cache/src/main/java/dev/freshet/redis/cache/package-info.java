// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Carries out evictions in Redis, and publishes the position up to which everything is evicted. */
package dev.freshet.redis.cache;
