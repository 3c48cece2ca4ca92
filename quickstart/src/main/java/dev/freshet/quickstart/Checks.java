// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import java.util.ArrayList;
import java.util.List;

/** What was found true and what was not. For one thread. */
final class Checks {
    private final Console console;
    private final List<String> failed = new ArrayList<>();
    private int made;

    Checks(Console console) {
        this.console = console;
    }

    /** Shows it and remembers it. */
    void that(boolean ok, String claim) {
        console.check(ok, claim);
        note(ok, claim);
    }

    /** As {@link #that}, with what was found instead. */
    void that(boolean ok, String claim, String found) {
        that(ok, ok ? claim : claim + ": no, " + found);
    }

    /** Remembers it without a line of its own; for what is checked hundreds of times. */
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
