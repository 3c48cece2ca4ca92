// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.protocol.Lsn;
import java.util.OptionalLong;

/**
 * Changes that the stream cannot read or the planner cannot process. Says where they are and why, but never contains
 * row values.
 */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Lsn position;
    private final transient OptionalLong txId;
    private final String why;
    private final int processes;

    /**
     * For changes at which every process that started to read them was lost.
     *
     * @param position of the last commit that was read and evicted
     * @param processes how many were lost
     */
    public static UnreadableException killing(Lsn position, int processes) {
        return new UnreadableException(
                position,
                OptionalLong.empty(),
                processes + " processes vanished while they read it: killed, out of memory or disconnected",
                null,
                processes);
    }

    /**
     * For changes after a position.
     *
     * @param position of the last commit that was read and evicted
     * @param txId of the transaction, if known
     */
    public UnreadableException(Lsn position, OptionalLong txId, String why, Throwable cause) {
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
        return (txId.isPresent() ? "transaction " + txId.getAsLong() + " after " : "the change after ") + position;
    }

    public Lsn position() {
        return position;
    }

    public OptionalLong txId() {
        return txId;
    }

    public String why() {
        return why;
    }

    /** How many processes were lost there; 0 if none is known. */
    public int processes() {
        return processes;
    }
}
