// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.util.ArrayList;
import java.util.List;

/** Collects the samples of a benchmark, and tells of each. Not thread-safe. */
public final class Recording {
    private final Results none;
    private final Progress progress;
    private final List<Sample> samples = new ArrayList<>();

    /** @see Results */
    public Recording(String name, String baseline, List<Metric> metrics, Progress progress) {
        none = new Results(name, baseline, metrics, List.of());
        this.progress = progress;
    }

    public void add(Sample sample) {
        samples.add(sample);
        progress.measured(results());
    }

    /** What was measured so far. */
    public Results results() {
        return none.with(samples);
    }
}
