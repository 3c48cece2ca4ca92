// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.protocol.Lsn;

/** Where changes come from, as far as it must be told what is done with them. Thread-safe. */
@FunctionalInterface
public interface ChangeStream {
    /** Everything up to and including the commit at this position is done: it need not come again. */
    void acknowledge(Lsn lsn);
}
