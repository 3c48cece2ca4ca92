// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Carries evictions out in Redis, and publishes the position up to which that was done; looks at the cache for an audit.
 * The only package of the invalidator that imports Lettuce.
 */
package dev.freshet.invalidator.evict;
