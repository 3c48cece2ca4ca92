// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.condition;

import java.util.List;

/**
 * What a condition can be for a row. If all values are known and can be compared, it is one of the three. Each other
 * value can add to what is possible. It never leaves out what is possible, but may contain more.
 *
 * @param unknown SQL's third value, as of {@code null = 1}
 */
public record Outcome(boolean canBeTrue, boolean canBeFalse, boolean unknown) {
    static final Outcome TRUE = new Outcome(true, false, false);
    static final Outcome FALSE = new Outcome(false, true, false);
    static final Outcome UNKNOWN = new Outcome(false, false, true);
    /** True or false, which one cannot be told. */
    static final Outcome EITHER = new Outcome(true, true, false);

    static final Outcome ANY = new Outcome(true, true, true);

    static Outcome of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Whether the condition is true, whatever the values are that are not known. */
    public boolean isTrue() {
        return canBeTrue && !canBeFalse && !unknown;
    }

    Outcome not() {
        return new Outcome(canBeFalse, canBeTrue, unknown);
    }

    /** All of them: false if one is, else unknown if one is. */
    static Outcome all(List<Outcome> outcomes) {
        return new Outcome(
                outcomes.stream().allMatch(Outcome::canBeTrue),
                outcomes.stream().anyMatch(Outcome::canBeFalse),
                outcomes.stream().allMatch(each -> each.canBeTrue || each.unknown)
                        && outcomes.stream().anyMatch(Outcome::unknown));
    }

    /** Any of them: true if one is, else unknown if one is. */
    static Outcome any(List<Outcome> outcomes) {
        return all(outcomes.stream().map(Outcome::not).toList()).not();
    }
}
