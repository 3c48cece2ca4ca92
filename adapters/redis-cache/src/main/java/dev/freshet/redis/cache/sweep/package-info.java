// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Scans the keys of every master, also while masters change and slots move.
 */
package dev.freshet.redis.cache.sweep;
