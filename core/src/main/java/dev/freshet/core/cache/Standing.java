// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.protocol.PositionField;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored on a master beside the position, whether or not the position is withdrawn.
 *
 * @param owner the owner of the namespace; empty if nobody has published there
 * @param process the process that published last, for people; null if not recorded
 * @param claim the greatest so far; 0 if there is none
 * @param mapping hash of the meaning of the mapping that was used for evictions so far; null if not recorded
 * @param publishedAt changes with each publication; null while the position is withdrawn
 * @param wanted the smallest age bound that readers asked for lately; null if none did
 */
public record Standing(
        Optional<Owner> owner, String process, long claim, String mapping, String publishedAt, Duration wanted) {
    /** How long begin.lua keeps a requested bound, in µs. */
    private static final long MOST_WANTED_FOR = 60_000_000;

    public static final Standing NONE = new Standing(Optional.empty(), null, 0, null, null, null);

    public static Standing of(Map<String, String> fields, long nowMicros) {
        return new Standing(
                Owner.of(fields),
                fields.get("owner"),
                claim(fields),
                fields.get("mapping"),
                fields.get(PositionField.UPDATED_AT),
                wanted(fields, nowMicros));
    }

    /** Reads the bound that the readers' begin.lua writes. An invalid value is ignored. */
    private static Duration wanted(Map<String, String> fields, long nowMicros) {
        try {
            long age = Long.parseLong(fields.getOrDefault(PositionField.WANTED, ""));
            long until = Long.parseLong(fields.getOrDefault(PositionField.WANTED_UNTIL, ""));
            // An end further ahead than any reader writes means that the clock was set back.
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
