// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

/** How Redis is set up. */
public enum Topology {
    /** One server. */
    STANDALONE,
    /** A master with replicas; Sentinels say which of them is the master. */
    SENTINEL,
    /** Several masters, each with its share of the keys. */
    CLUSTER
}
