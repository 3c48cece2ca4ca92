// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The link to Redis that readers and the invalidator share: one server, Sentinel or Cluster behind the same few methods.
 * It never makes anybody wait, connects by itself, and runs scripts by their digest.
 */
package dev.freshet.redis;
