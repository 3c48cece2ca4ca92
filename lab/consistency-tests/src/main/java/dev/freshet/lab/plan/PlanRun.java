// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.DesignGenerator;
import dev.freshet.lab.plan.episode.Episode;
import dev.freshet.lab.plan.episode.EpisodeGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Tries many random mappings, with many random transactions each. One thread runs it; another one may call
 * {@link #stop}.
 */
public final class PlanRun {
    private final long seed;
    private final int mappings;
    private final long transactions;
    private final OverEvictions overEvictions = new OverEvictions();
    private volatile boolean stopped;
    private long triedMappings;
    private long tried;
    private Failure failure;

    /** An episode in which an eviction was missed, reduced as far as possible. */
    record Failure(long seed, Episode episode, List<Set<String>> missed) {}

    /**
     * Sets what to try.
     *
     * @param seed the seed of the first mapping; each further mapping uses the next seed
     * @param transactions total number for all mappings
     */
    public PlanRun(long seed, int mappings, long transactions) {
        this.seed = seed;
        this.mappings = mappings;
        this.transactions = transactions;
    }

    /** Ends a run soon. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs until an eviction is missed or everything has been tried.
     *
     * @param progress called after each mapping with the number of transactions tried so far
     * @return true if nothing was missed
     */
    public boolean run(LongConsumer progress) {
        for (int i = 0; i < mappings && !stopped; i++) {
            tryMapping(seed + i, (transactions * (i + 1)) / mappings);
            if (failure != null) {
                return false;
            }
            triedMappings++;
            progress.accept(tried);
        }
        return true;
    }

    private void tryMapping(long each, long until) {
        var random = new Random(each * 0x9E3779B97F4A7C15L);
        Design design = new DesignGenerator(random).design();
        var trial = new Trial(design, overEvictions);
        EpisodeGenerator author = null;
        for (int episodes = 0; tried < until && !stopped; episodes++) {
            if (episodes % 20 == 0) {
                author = new EpisodeGenerator(design, random);
            }
            Episode episode = author.episode();
            tried += episode.transactions().size();
            if (missed(trial, episode, each)) {
                Episode small = new Shrinker(PlanRun::fails).shrink(episode);
                failure = new Failure(each, small, new Trial(small.design(), new OverEvictions()).missed(small));
                return;
            }
        }
    }

    private static boolean missed(Trial trial, Episode episode, long each) {
        try {
            return missed(trial, episode);
        } catch (RuntimeException e) {
            throw new IllegalStateException("--seed " + each + ": the planner failed", e);
        }
    }

    private static boolean missed(Trial trial, Episode episode) {
        return trial.missed(episode).stream().anyMatch(some -> !some.isEmpty());
    }

    private static boolean fails(Episode episode) {
        try {
            return missed(new Trial(episode.design(), new OverEvictions()), episode);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The number of mappings that were tried completely. */
    public long triedMappings() {
        return triedMappings;
    }

    public long tried() {
        return tried;
    }

    /** How much was evicted, how much had to be, and the causes of the difference; several lines. */
    public String report() {
        return overEvictions.report();
    }

    /**
     * Writes the failure as a case.
     *
     * @param folder the parent of the case's folder
     * @return the case's folder
     */
    public Path writeCase(Path folder) throws IOException {
        Path made = folder.resolve("seed-" + failure.seed());
        CaseFile.write(made, failure.episode(), failure.missed(), "Found with --seed " + failure.seed() + ".\n");
        return made;
    }

    Failure failure() {
        return failure;
    }

    OverEvictions overEvictions() {
        return overEvictions;
    }
}
