// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A read-through cache in Redis whose fills are fenced against invalidations, so that a slow reader cannot put a value
 * back that has just been evicted. Start at {@link dev.freshet.cache.FreshetCache}; {@code docs/cache-client.md} shows
 * how it is used.
 */
package dev.freshet.cache;
