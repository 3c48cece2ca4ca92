// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.servers;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Asks the person at the terminal before something is deleted. */
public final class Confirmation {
    private final boolean yes;
    private final Optional<UnaryOperator<String>> person;

    /**
     * @param yes whether it was confirmed in advance
     * @param person answers a question; null at the end of the input. Empty if there is nobody to ask
     */
    Confirmation(boolean yes, Optional<UnaryOperator<String>> person) {
        this.yes = yes;
        this.person = person;
    }

    /** @param yes whether it was confirmed in advance, by an option */
    public static Confirmation of(boolean yes) {
        Console console = System.console();
        return new Confirmation(
                yes, Optional.ofNullable(console).map(terminal -> question -> terminal.readLine("%s", question)));
    }

    /**
     * Whether to go on. If not, it was said why.
     *
     * @param question without the question mark, such as {@code Evict them}
     */
    public boolean given(String question, PrintWriter err) {
        if (yes) {
            return true;
        }
        if (person.isEmpty()) {
            err.println("Nothing was deleted: there is no terminal to ask at. Give --yes to go on without a question.");
            err.flush();
            return false;
        }
        String answer = person.get().apply(question + "? [y/N] ");
        boolean given = answer != null
                && (answer.strip().toLowerCase(Locale.ROOT).equals("y")
                        || answer.strip().toLowerCase(Locale.ROOT).equals("yes"));
        if (!given) {
            err.println("Nothing was deleted.");
            err.flush();
        }
        return given;
    }
}
