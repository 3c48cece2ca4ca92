// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Internal: reloads entries that are read often as soon as they are evicted, within a budget.
 */
package dev.freshet.cache.warming;
