// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The connection to Redis, the position that Freshet publishes there, and when Redis is disturbed. */
package dev.freshet.lab.race.redis;
