// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Purges an HTTP cache of what is evicted in Redis. The entrance is {@link dev.freshet.http.purge.HttpPurgeCache}, a {@link
 * dev.freshet.core.cache.Cache} around that of Redis.
 */
package dev.freshet.http.purge;
