// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of an audit.
 *
 * @param sample how many entries to check per round, chosen at random; 0: all
 * @param rate maximum number of entries per second
 * @param patience how long to wait for the published position before an entry counts as undecided
 */
public record AuditSettings(int sample, int rate, Duration patience) {
    public AuditSettings {
        if (sample < 0) {
            throw new IllegalArgumentException("sample " + sample + " is negative");
        }
        if (rate < 1) {
            throw new IllegalArgumentException("rate " + rate + " is not positive");
        }
        Objects.requireNonNull(patience, "patience");
    }
}
