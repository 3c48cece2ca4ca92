// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.result;

import dev.freshet.quickstart.console.Console;
import java.util.ArrayList;
import java.util.List;

/** The checks of the tour and their results. Not thread-safe. */
public final class Checks {
    private final Console console;
    private final List<String> failed = new ArrayList<>();
    private int made;

    public Checks(Console console) {
        this.console = console;
    }

    /** Prints and records a check. */
    public void that(boolean ok, String claim) {
        console.check(ok, claim);
        note(ok, claim);
    }

    /** Like {@link #that}. A failed check also shows what was found instead. */
    public void that(boolean ok, String claim, String found) {
        that(ok, ok ? claim : claim + ": no, " + found);
    }

    /** Records a check without printing it; for claims that are checked hundreds of times. */
    void note(boolean ok, String claim) {
        made++;
        if (!ok) {
            failed.add(claim);
        }
    }

    public int made() {
        return made;
    }

    public List<String> failed() {
        return List.copyOf(failed);
    }
}
