// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.cli;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.lab.race.RaceLauncher;
import dev.freshet.lab.race.fault.Faults;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.report.RaceSettings;
import dev.freshet.lab.race.source.ConsistencyLevel;
import dev.freshet.lab.terminal.Screen;
import dev.freshet.support.config.OutputFile;
import dev.freshet.support.config.cli.FreshetVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code freshet bench consistency}. */
@Command(
        name = "consistency",
        mixinStandardHelpOptions = true,
        versionProvider = FreshetVersion.class,
        sortOptions = false,
        description = {
            "Reads and writes a few hot keys while faults occur, and checks every answer against what was written.",
            "Everything runs on this machine: PostgreSQL, Redis, writer, reader, invalidator and a fleet of readers, each in a"
                    + " process."
        },
        footer = {
            "",
            "Exit code: 0 if Freshet was never wrong, every baseline was wrong, every fault occurred, and a stampede made",
            "one load each time; 1 if not;",
            "2 for wrong options.",
            "Ctrl-C ends the run and reports the counts so far."
        })
final class ConsistencyCommand implements Callable<Integer> {
    private static final int FLEET = 8;
    private static final int STAMPEDE = 500;

    @Option(
            names = "--duration",
            paramLabel = "D",
            defaultValue = "60s",
            description = "Minimum time to read and write: 90s, 25m, 2h. The run goes on, for at most twice as long"
                    + " plus two minutes, until every fault has occurred and every baseline was wrong. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String duration;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of everything random. Default: a new one, which is printed.")
    private Long seed;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "48",
            description = "Number of reader threads. Default: ${DEFAULT-VALUE}.")
    private int readers;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Number of caches that readers share out among them, each as a process of its own. All but the"
                            + " last wait for each other's loads, and keep values for when loads fail. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int processes;

    @Option(
            names = "--fleet",
            paramLabel = "N",
            description = "Number of further processes that read, each with its own cache-client: they wait for each"
                    + " other's loads, keep entries in memory, load hot ones anew, and keep values for when loads fail."
                    + " 0: none. Default: 8, if Freshet is read.")
    private Integer fleet;

    @Option(
            names = "--stampede",
            paramLabel = "N",
            description = "Number of readers of the fleet that read one key at once at the end, when it has just been"
                    + " removed: they must make one load. 0: none. Default: 500, if there is a fleet.")
    private Integer stampede;

    @Option(
            names = "--think",
            paramLabel = "D",
            defaultValue = "0ms",
            description = "Average pause of a reader between two reads. Without a pause the machine stays busy, and"
                    + " killed processes take long to come back. Default: ${DEFAULT-VALUE}.")
    private String think;

    @Option(
            names = "--writers",
            paramLabel = "N",
            defaultValue = "6",
            description = "Number of writer threads. Default: ${DEFAULT-VALUE}.")
    private int writers;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "16",
            description = "Minimum number of tasks. Default: ${DEFAULT-VALUE}.")
    private int keys;

    @Option(
            names = "--redis",
            paramLabel = "T",
            defaultValue = "standalone",
            description =
                    "Topology: standalone, or sentinel with a replica that takes over. Default: ${DEFAULT-VALUE}.")
    private String redis;

    @Option(
            names = "--faults",
            paramLabel = "LIST",
            defaultValue = "all",
            description = "Faults to inject: all, none, or some of ${COMPLETION-CANDIDATES}.",
            completionCandidates = FaultNames.class)
    private String faults;

    @Option(
            names = "--rest",
            paramLabel = "D",
            defaultValue = "4s",
            description = "Average pause between two faults. Default: ${DEFAULT-VALUE}.")
    private String rest;

    @Option(
            names = "--protocol",
            paramLabel = "LIST",
            defaultValue = "all",
            description = "Caches to read: all, or some of freshet, plain, cache-aside, lease-only, ttl-only. Freshet's"
                    + " invalidator also evicts for plain.")
    private String protocols;

    @Option(
            names = "--level",
            paramLabel = "LIST",
            defaultValue = "all",
            description = "Consistency levels to read at: all, or some of eventual, bounded, session, strong.")
    private String levels;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the result to this file, as JSON.")
    private Path out;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** The names of the faults, for the help. */
    static final class FaultNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Faults.names(true, true).iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        var settings = settings();
        DevServices.requireSettings(System.getenv());
        if (out != null) {
            OutputFile.require("--out", out);
        }
        var screen = Screen.ofProcess();
        try {
            var outcome = new RaceLauncher(settings, screen, command(), out).run();
            return outcome.isPassed() ? 0 : 1;
        } catch (StackException | DevServicesException e) {
            screen.line(e.getMessage());
            return 1;
        }
    }

    private RaceSettings settings() {
        try {
            var read = protocols();
            var at = levels();
            int processesOfFleet = fleet != null ? fleet : read.contains(Protocol.FRESHET) ? FLEET : 0;
            boolean leases = processesOfFleet > 0 && !at.equals(List.of(ConsistencyLevel.STRONG));
            return new RaceSettings(
                    duration("--duration", duration),
                    seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000),
                    readers,
                    processes,
                    processesOfFleet,
                    stampede != null ? stampede : processesOfFleet > 0 ? STAMPEDE : 0,
                    Math.toIntExact(duration("--think", think).toMillis()),
                    writers,
                    keys,
                    sentinel(),
                    faults(leases),
                    Math.toIntExact(duration("--rest", rest).toMillis()),
                    read,
                    at);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private boolean sentinel() {
        return switch (redis) {
            case "standalone" -> false;
            case "sentinel" -> true;
            default ->
                throw new IllegalArgumentException(
                        "--redis: '" + redis + "' is not a topology, expected standalone or sentinel");
        };
    }

    private Set<Protocol> protocols() {
        return protocols.equals("all")
                ? EnumSet.allOf(Protocol.class)
                : EnumSet.copyOf(words(protocols).map(Protocol::of).toList());
    }

    private List<ConsistencyLevel> levels() {
        return levels.equals("all")
                ? List.of(ConsistencyLevel.values())
                : words(levels).map(ConsistencyLevel::of).distinct().toList();
    }

    /** @param leases whether there are processes that take leases */
    private List<String> faults(boolean leases) {
        if (faults.equals("all")) {
            return Faults.names(sentinel(), leases);
        } else if (faults.equals("none")) {
            return List.of();
        }
        return words(faults).map(name -> Faults.known(name, sentinel(), leases)).toList();
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",")).map(String::strip);
    }

    private static Duration duration(String option, String text) {
        if (!text.matches("\\d{1,9}(ms|s|m|h)")) {
            throw new IllegalArgumentException(option + ": '" + text
                    + "' is not a duration, expected a whole number and a unit, such as 90s or 25m");
        }
        var unit = text.replaceAll("\\d", "");
        long number = Long.parseLong(text.substring(0, text.length() - unit.length()));
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** The command as typed, for the result file. */
    private String command() {
        return "./freshet bench "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
