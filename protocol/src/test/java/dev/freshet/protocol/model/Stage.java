// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** What the invalidator is about to do. */
enum Stage {
    START,
    MEND,
    SETTLE,
    MAKE_SLOT,
    PURGE_FENCES,
    PURGE_KEYS,
    IDLE,
    GATE,
    DROP_FENCES,
    EVICT,
    FENCE_LATE,
    PUBLISH,
    TAKE_ON_MASTER,
    ACKNOWLEDGE
}
