// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.run;

import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.ResultJson;
import dev.freshet.lab.bench.result.ResultTable;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.RunFacts;
import dev.freshet.lab.terminal.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What one benchmark says: how far it is, and once, at its end, what it has measured. Thread-safe. */
public final class RunReport implements Progress {
    private final int rounds;
    private final Path out;
    private final Screen screen;
    private final RunFacts facts;
    private Results soFar;
    private boolean told;

    /**
     * @param rounds of the benchmark
     * @param out file for the results; null: none
     */
    public RunReport(int rounds, Path out, Screen screen, RunFacts facts) {
        this.rounds = rounds;
        this.out = out;
        this.screen = screen;
        this.facts = facts;
    }

    @Override
    public synchronized void tell(String line) {
        if (!told) {
            screen.live(line);
        }
    }

    @Override
    public synchronized void measured(Results results) {
        soFar = results;
    }

    /** Everything was measured. */
    public void tellAll(Results results) {
        report(results, true);
    }

    /** The benchmark ends before its time. */
    public synchronized void tellSoFar() {
        if (soFar != null) {
            report(soFar, false);
        } else if (!told) {
            told = true;
            screen.line("ended before anything was measured");
        }
    }

    private synchronized void report(Results results, boolean complete) {
        if (told) {
            return;
        }
        told = true;
        ResultTable.of(results).forEach(screen::line);
        screen.line("");
        screen.line("median (range) of " + rounds + (rounds == 1 ? " round" : " rounds")
                + "; × is the median of the ratios within the rounds");
        if (!complete) {
            screen.line("ended early: this is what was measured until then");
        }
        if (out != null) {
            try {
                ResultJson.write(out, results, facts.complete(complete));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + out, e);
            }
        }
    }
}
