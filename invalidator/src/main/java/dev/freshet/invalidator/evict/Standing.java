// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.protocol.PositionField;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What stands on a master beside the position, whether or not that is withdrawn.
 *
 * @param owner whose the namespace is; empty if nobody has published there
 * @param process that published last, for people; null if it does not say
 * @param claim the greatest so far; 0 if there is none
 * @param mapping hash of what the mapping that evicted so far means; null if it does not say
 * @param publishedAt another after each publication; null while the position is withdrawn
 * @param wanted how old a position readers take at most, the least that any of them said lately; null if none did
 */
public record Standing(
        Optional<Owner> owner, String process, long claim, String mapping, String publishedAt, Duration wanted) {
    /** For how long begin.lua makes a wish stand, in µs. */
    private static final long MOST_WANTED_FOR = 60_000_000;

    static final Standing NONE = new Standing(Optional.empty(), null, 0, null, null, null);

    static Standing of(Map<String, String> fields, long nowMicros) {
        return new Standing(
                Owner.of(fields),
                fields.get("owner"),
                claim(fields),
                fields.get("mapping"),
                fields.get(PositionField.UPDATED_AT),
                wanted(fields, nowMicros));
    }

    /** What begin.lua of the readers writes. Whatever it says, it can do no harm. */
    private static Duration wanted(Map<String, String> fields, long nowMicros) {
        try {
            long age = Long.parseLong(fields.getOrDefault(PositionField.WANTED, ""));
            long until = Long.parseLong(fields.getOrDefault(PositionField.WANTED_UNTIL, ""));
            // Further ahead than any reader writes: the clock was set back.
            return age > 0 && nowMicros < until && until - nowMicros <= MOST_WANTED_FOR
                    ? Duration.of(age, ChronoUnit.MICROS)
                    : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static long claim(Map<String, String> fields) {
        String claim = fields.getOrDefault(PositionField.CLAIM, "0");
        return claim.matches("[0-9]{1,18}") ? Long.parseLong(claim) : 0;
    }
}
