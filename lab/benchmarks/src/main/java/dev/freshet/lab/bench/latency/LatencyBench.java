// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.latency;

import dev.freshet.lab.bench.process.Mappings;
import dev.freshet.lab.bench.process.Subject;
import dev.freshet.lab.bench.process.SubjectLauncher;
import dev.freshet.lab.bench.result.Progress;
import dev.freshet.lab.bench.result.Recording;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Rounds;
import dev.freshet.lab.bench.result.Sample;
import dev.freshet.lab.bench.world.BenchServers;
import dev.freshet.lab.bench.world.KeyNames;
import java.sql.SQLException;
import java.util.List;

/**
 * Commits at several rates while one subject evicts, one subject at a time. Each is started anew in each round, and
 * warmed up. Not thread-safe.
 */
public final class LatencyBench {
    private static final List<Subject> SUBJECTS = List.of(
            Subject.FRESHET,
            Subject.FLOOR,
            Subject.FRESHET_TAGS,
            Subject.DEBEZIUM_UNLINK,
            Subject.DEBEZIUM_DEFAULTS,
            Subject.LISTEN,
            Subject.TTL);
    private static final int WRITERS = 16;
    /** As short as anybody sets it. */
    private static final int LIFETIME_MILLIS = 1_000;

    private final LatencySettings settings;
    private final BenchServers servers;
    private final SubjectLauncher launcher;
    private final Progress progress;
    private final Recording recording;

    public LatencyBench(LatencySettings settings, BenchServers servers, SubjectLauncher launcher, Progress progress) {
        this.settings = settings;
        this.servers = servers;
        this.launcher = launcher;
        this.progress = progress;
        recording = new Recording("latency", Subject.FLOOR.label(), LatencyMetrics.ALL, progress);
    }

    /** Runs all rounds. Fails if a key is never evicted. */
    public Results run() throws SQLException, InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Subject subject : Rounds.order(SUBJECTS, round)) {
                String where = "round " + round + " of " + settings.rounds() + ": " + subject.label() + " ";
                progress.tell(where + "starts");
                measure(subject, round, where);
            }
        }
        return recording.results();
    }

    private void measure(Subject subject, int round, String where) throws SQLException, InterruptedException {
        var own = subject == Subject.FRESHET_TAGS ? launcher.withMapping(Mappings.TAGS) : launcher;
        try (var loaded = new LoadedSubject(servers, own, subject, names(subject), WRITERS)) {
            progress.tell(where + "warms up");
            loaded.warmUp(settings.warmUpRate(), settings.warmUp());
            for (int rate : settings.rates()) {
                String setting = "%,d commits/s".formatted(rate);
                progress.tell(where + "at " + setting);
                recording.add(new Sample(setting, round, subject.label(), loaded.measure(rate, settings.duration())));
            }
            loaded.requireNoPurge();
        }
    }

    private static KeyNames names(Subject subject) {
        return switch (subject) {
            case FRESHET_TAGS -> KeyNames.TAGGED;
            case TTL -> KeyNames.expiring(LIFETIME_MILLIS);
            default -> KeyNames.PLAIN;
        };
    }
}
