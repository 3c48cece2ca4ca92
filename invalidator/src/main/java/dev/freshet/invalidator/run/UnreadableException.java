// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.protocol.Lsn;
import java.util.OptionalLong;

/** Changes that the stream cannot read, or the planner cannot place. Where they are, and why; never a row's values. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Lsn position;
    private final transient OptionalLong txId;
    private final String why;
    private final int processes;

    /**
     * Of changes that every process died of which began to read them.
     *
     * @param position of the last commit that was read and evicted
     */
    static UnreadableException killing(Lsn position, int processes) {
        return new UnreadableException(
                position,
                OptionalLong.empty(),
                processes + " processes vanished while they read it: killed, or out of memory, or cut off",
                null,
                processes);
    }

    /**
     * Of changes behind a position.
     *
     * @param position of the last commit that was read and evicted
     * @param txId of the transaction, if that is known
     */
    UnreadableException(Lsn position, OptionalLong txId, String why, Throwable cause) {
        this(position, txId, why, cause, 0);
    }

    private UnreadableException(Lsn position, OptionalLong txId, String why, Throwable cause, int processes) {
        super(where(position, txId) + " cannot be read: " + why, cause);
        this.position = position;
        this.txId = txId;
        this.why = why;
        this.processes = processes;
    }

    private static String where(Lsn position, OptionalLong txId) {
        return (txId.isPresent() ? "transaction " + txId.getAsLong() + " behind " : "the change behind ") + position;
    }

    Lsn position() {
        return position;
    }

    OptionalLong txId() {
        return txId;
    }

    String why() {
        return why;
    }

    /** How many died of it; 0 if none is known to have. */
    int processes() {
        return processes;
    }
}
