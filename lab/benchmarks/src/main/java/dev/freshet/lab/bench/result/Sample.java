// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one subject showed in one round.
 *
 * @param setting what it was measured at, such as {@code 1,000 commits/s}
 * @param round from 1; subjects of the same round and setting were measured one right after the other
 * @param values by the name of their metric
 */
public record Sample(String setting, int round, String subject, Map<String, Double> values) {
    public Sample {
        values = new LinkedHashMap<>(values);
    }
}
