// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder with a file of each benchmark's results. */
public final class StoredRuns {
    private static final String QUICK = "-quick";

    private StoredRuns() {}

    /** Where the results of a benchmark are. */
    public static Path file(Path folder, String benchmark, boolean quick) {
        return folder.resolve(benchmark + (quick ? QUICK : "") + ".json");
    }

    /** What is in a file; empty if there is no such file. */
    public static Optional<StoredRun> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(ResultJson.read(file)) : Optional.empty();
    }

    /** One run of each of these benchmarks, if there is one: a whole one rather than a quick one. */
    public static List<StoredRun> of(Path folder, List<String> benchmarks) throws IOException {
        var runs = new ArrayList<StoredRun>();
        for (String benchmark : benchmarks) {
            var whole = read(file(folder, benchmark, false));
            (whole.isPresent() ? whole : read(file(folder, benchmark, true))).ifPresent(runs::add);
        }
        return runs;
    }
}
