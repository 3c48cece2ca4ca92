// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A read-through cache in Redis whose fills are fenced against invalidations, so that a slow reader cannot put back a
 * value that has just been evicted. Start at {@link dev.freshet.cache.FreshetCache}; {@code docs/cache-client.md} shows
 * how to use it.
 */
package dev.freshet.cache;
