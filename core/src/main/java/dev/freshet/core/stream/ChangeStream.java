// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import dev.freshet.protocol.Lsn;

/** The source of changes, which is told which of them are done. Thread-safe. */
@FunctionalInterface
public interface ChangeStream {
    /** Acknowledges everything up to and including the commit at this position: it need not be streamed again. */
    void acknowledge(Lsn lsn);
}
