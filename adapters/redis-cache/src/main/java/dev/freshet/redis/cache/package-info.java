// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Carries out evictions in Redis, and publishes the position up to which everything is evicted. The entrance is {@link
 * dev.freshet.redis.cache.Evictor}; the packages below are used by it alone.
 */
package dev.freshet.redis.cache;
