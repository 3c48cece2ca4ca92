// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What would hinder a run in Redis. Only asks. */
package dev.freshet.redis.cache.inspect;
