// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A read-through cache in Redis. Its fills are fenced against invalidations, so a slow reader cannot put back a value
 * that has just been evicted. Start at {@link dev.freshet.cache.FreshetCache}; {@code docs/cache-client.md} shows
 * how to use it.
 *
 * <p>This package and {@link dev.freshet.cache.view} are the public API. The other packages below this one are internal:
 * they may change in any version, and no other module uses them.
 */
package dev.freshet.cache;
