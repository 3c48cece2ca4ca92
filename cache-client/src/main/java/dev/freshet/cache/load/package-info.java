// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: offering loaded values to Redis, and what is counted of reads and loads. */
package dev.freshet.cache.load;
