// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Sends commands to Redis with a bounded number in flight, and repeats each until Redis accepts it.
 */
package dev.freshet.redis.cache.pipeline;
