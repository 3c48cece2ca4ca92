// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.episode;

import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.Tables;
import java.util.List;

/**
 * Some consecutive transactions, and the way in which the planner processes them.
 *
 * @param start the rows before the first transaction
 * @param capacity how many touched rows the planner may keep
 */
public record Episode(Design design, Tables start, List<Transaction> transactions, int capacity) {
    /**
     * A transaction.
     *
     * @param piece how many of its changes are planned at once; 0: all
     * @param ahead how many later transactions the look-ups already see
     * @param creeping whether the look-ups of each piece see one transaction more
     * @param dated whether the planner is told how far its look-ups have seen
     */
    public record Transaction(List<Statement> statements, int piece, int ahead, boolean creeping, boolean dated) {
        public Transaction with(List<Statement> other) {
            return new Transaction(other, piece, ahead, creeping, dated);
        }

        public boolean isPlain() {
            return piece == 0 && ahead == 0 && !creeping;
        }
    }

    public Episode with(List<Transaction> other) {
        return new Episode(design, start, other, capacity);
    }

    public Episode with(Design other) {
        return new Episode(other, start, transactions, capacity);
    }

    public Episode with(Tables other) {
        return new Episode(design, other, transactions, capacity);
    }
}
