// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

/**
 * A tag to invalidate.
 *
 * @param tag its name
 * @param target what the entries under it are counted for: the tag itself, or the glob that it was found by
 */
record Tagged(String tag, Target target) {}
