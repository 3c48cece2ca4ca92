// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import java.util.Optional;

/**
 * What a server was asked for.
 *
 * @param answer empty if it was not asked, or did not answer
 * @param why there is no answer; empty if there is one
 */
record Asked<T>(Optional<T> answer, String why) {
    static <T> Asked<T> answered(T answer) {
        return new Asked<>(Optional.of(answer), "");
    }

    static <T> Asked<T> not(String why) {
        return new Asked<>(Optional.empty(), why);
    }
}
