// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: offers loaded values to Redis, and counts reads and loads. */
package dev.freshet.cache.load;
