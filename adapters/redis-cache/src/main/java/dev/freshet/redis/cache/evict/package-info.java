// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fences tags, deletes the entries under them, and deletes keys by name and by glob.
 */
package dev.freshet.redis.cache.evict;
