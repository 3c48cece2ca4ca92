// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: the steps of a read, for values as they stand in Redis. */
package dev.freshet.cache.read;
