// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

/** One thing to do. */
public sealed interface Command permits Create, Replace, Patch, Delete, Move {
    /** Says which contexts it needs, so that those of many commands can be locked and read at once. */
    void announce(Demand demand);

    /** @throws Refusal if it cannot be done */
    Outcome run(Workspace workspace);
}
