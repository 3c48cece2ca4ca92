// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

/**
 * A tag to invalidate.
 *
 * @param tag its name
 * @param target the target for which its entries are counted: the tag itself, or the glob that it was found by
 */
record TagTarget(String tag, Target target) {}
