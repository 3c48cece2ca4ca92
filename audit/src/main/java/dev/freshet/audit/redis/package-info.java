// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads the entries of the cache from Redis. */
package dev.freshet.audit.redis;
