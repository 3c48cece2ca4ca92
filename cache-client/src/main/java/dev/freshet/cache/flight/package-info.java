// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Internal: which callers share one load of a key, and how many loads run at a time.
 */
package dev.freshet.cache.flight;
