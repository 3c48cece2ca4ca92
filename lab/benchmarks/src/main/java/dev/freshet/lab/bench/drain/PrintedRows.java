// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

import dev.freshet.lab.bench.process.SubjectProcess;
import dev.freshet.lab.bench.subject.RowCount;

/** Rows that a subject says it has seen: none, some, or all. */
final class PrintedRows implements RowsSeen {
    private final SubjectProcess process;
    private final long rows;

    PrintedRows(SubjectProcess process, long rows) {
        this.process = process;
        this.rows = rows;
    }

    @Override
    public long count() {
        if (isComplete()) {
            return rows;
        }
        return process.hasPrinted(RowCount.FIRST) ? 1 : 0;
    }

    @Override
    public boolean isComplete() {
        return process.hasPrinted(RowCount.LAST);
    }
}
