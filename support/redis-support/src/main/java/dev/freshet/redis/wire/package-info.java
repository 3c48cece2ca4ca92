// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What can stand in the place of the network to Redis. */
package dev.freshet.redis.wire;
