// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The link to Redis that readers and the invalidator share: one server, Sentinel or Cluster behind the same few
 * methods. Commands never wait for a connection. The link connects by itself and runs scripts by their digest.
 */
package dev.freshet.redis;
