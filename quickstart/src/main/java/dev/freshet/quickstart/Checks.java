// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import java.util.ArrayList;
import java.util.List;

/** The checks of the tour and their results. Not thread-safe. */
final class Checks {
    private final Console console;
    private final List<String> failed = new ArrayList<>();
    private int made;

    Checks(Console console) {
        this.console = console;
    }

    /** Prints and records a check. */
    void that(boolean ok, String claim) {
        console.check(ok, claim);
        note(ok, claim);
    }

    /** Like {@link #that}. A failed check also shows what was found instead. */
    void that(boolean ok, String claim, String found) {
        that(ok, ok ? claim : claim + ": no, " + found);
    }

    /** Records a check without printing it; for claims that are checked hundreds of times. */
    void note(boolean ok, String claim) {
        made++;
        if (!ok) {
            failed.add(claim);
        }
    }

    int made() {
        return made;
    }

    List<String> failed() {
        return List.copyOf(failed);
    }
}
