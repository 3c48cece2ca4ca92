// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Layer;
import dev.freshet.model.finding.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was looked at, and what was found. Not thread-safe. */
final class Report {
    /** How far a layer was looked at. */
    enum State {
        CHECKED,
        /** Something in it could not be asked: there may be more. */
        INCOMPLETE,
        NOT_ASKED;

        /** Its name in JSON. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<Layer, State> layers = new EnumMap<>(Layer.class);
    private final List<Finding> findings = new ArrayList<>();

    void add(Layer layer, State state, List<Finding> found) {
        layers.put(layer, state);
        findings.addAll(found);
    }

    State state(Layer layer) {
        return layers.getOrDefault(layer, State.NOT_ASKED);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.code().severity() == severity)
                .count();
    }

    boolean hasErrors() {
        return count(Severity.ERROR) > 0;
    }
}
