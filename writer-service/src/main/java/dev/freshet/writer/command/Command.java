// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

/** One change that a client requests. */
public sealed interface Command permits Create, Replace, Patch, Delete, Move {
    /**
     * Reports which contexts the command needs, so that the contexts of many commands can be locked and read at once.
     */
    void announce(Demand demand);

    /** @throws Refusal if the command cannot be carried out */
    Outcome run(Workspace workspace);
}
