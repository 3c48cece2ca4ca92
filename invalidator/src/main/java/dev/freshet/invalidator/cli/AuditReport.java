// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.audit.AuditCounts;
import dev.freshet.audit.AuditCounts.Unchecked;
import dev.freshet.audit.AuditListener;
import dev.freshet.audit.Reservations;
import dev.freshet.audit.Violation;
import dev.freshet.audit.verdict.UndecidedReason;
import dev.freshet.support.config.terminal.EscapedOutput;
import java.io.PrintWriter;

/** Prints violations as they are found, the progress if there is a terminal, and a summary. */
final class AuditReport implements AuditListener {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean terminal;
    private boolean shown;

    /** @param terminal whether to show the progress */
    AuditReport(PrintWriter out, PrintWriter err, boolean json, boolean terminal) {
        this.out = out;
        this.err = EscapedOutput.beneath(err);
        this.json = json;
        this.terminal = terminal;
    }

    @Override
    public void found(Violation violation) {
        clear();
        out.println(json ? AuditJson.of(violation) : violation.tell());
        out.flush();
    }

    @Override
    public void progress(AuditCounts counts) {
        if (terminal) {
            shown = true;
            err.printf(
                    "\r%,d entries checked, %,d violations, %,d undecided, %,d unchecked",
                    counts.allChecked(), counts.allViolations(), counts.allUndecided(), counts.allUnchecked());
            err.flush();
        }
    }

    private void clear() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }

    void summary(AuditCounts counts, Reservations reservations) {
        clear();
        if (json) {
            out.println(AuditJson.of(counts, reservations));
        } else {
            print(counts, reservations);
        }
        out.flush();
    }

    private void print(AuditCounts counts, Reservations reservations) {
        if (reservations.nothing()) {
            out.println("NOTHING COULD BE CHECKED: this result does not tell whether the cache is right");
        }
        reservations.all().forEach(why -> out.println("  " + why));
        out.printf(
                "%,d entries checked: %,d right, %,d violations%n",
                counts.allChecked(), counts.allRight(), counts.allViolations());
        out.printf(
                "%,d false alarms: they looked stale, but were gone, newer or explained when read again%n",
                counts.allFalseAlarms());
        out.printf("%,d undecided%n", counts.allUndecided());
        for (UndecidedReason doubt : UndecidedReason.values()) {
            if (counts.undecidedFor(doubt) > 0) {
                out.printf("  %,d %s%n", counts.undecidedFor(doubt), doubt);
            }
        }
        out.printf("%,d more could not be checked%n", counts.allUnchecked());
        for (Unchecked why : Unchecked.values()) {
            if (counts.uncheckedFor(why) > 0) {
                out.printf("  %,d %s%n", counts.uncheckedFor(why), why);
            }
        }
        if (counts.allGone() > 0) {
            out.printf("%,d were gone before they were read%n", counts.allGone());
        }
    }
}
