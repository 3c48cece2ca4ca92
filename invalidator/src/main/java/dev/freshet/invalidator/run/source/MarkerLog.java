// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.protocol.Lsn;

/** Writes markers into the WAL, which come back through the slot. One thread. */
public interface MarkerLog {
    /** Keeps markers from waiting for a synchronous standby that does not answer. To be called before the first. */
    void commitLocally();

    /** Writes a marker. Returns the WAL position just past it. */
    Lsn write(String content);
}
