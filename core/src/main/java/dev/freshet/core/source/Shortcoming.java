// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import java.util.List;

/**
 * Something that PostgreSQL lacks.
 *
 * @param code what kind of thing is lacking; always an error
 * @param message what is missing or wrong
 * @param remedy statements that fix it, in order, each ready to paste
 * @param automatic whether the invalidator may run them by itself, if its role is allowed to: they affect only what
 *     Freshet created or is about to create
 * @param topic what they change
 */
public record Shortcoming(Code code, Place place, String message, List<String> remedy, boolean automatic, Topic topic) {
    public Shortcoming {
        remedy = List.copyOf(remedy);
    }

    /** A shortcoming that the invalidator may fix by itself. */
    public static Shortcoming ours(Topic topic, Code code, Place place, String message, String... remedy) {
        return new Shortcoming(code, place, message, List.of(remedy), true, topic);
    }

    /** A shortcoming that an administrator must fix. */
    public static Shortcoming administrators(Topic topic, Code code, Place place, String message, String... remedy) {
        return new Shortcoming(code, place, message, List.of(remedy), false, topic);
    }

    /** A copy with a reason added to its message. */
    public Shortcoming because(String reason) {
        return new Shortcoming(code, place, message + " (" + reason + ")", remedy, automatic, topic);
    }

    public Finding finding() {
        return new Finding(code, place, message, remedy);
    }

    @Override
    public String toString() {
        String text = Finding.text(code, message);
        return remedy.isEmpty() ? text : text + "\n    " + String.join("\n    ", remedy);
    }
}
