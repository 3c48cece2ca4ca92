// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.devservices.stack.ServicePorts;
import dev.freshet.devservices.stack.StackException;
import dev.freshet.quickstart.console.Console;
import dev.freshet.quickstart.demo.Demo;
import dev.freshet.quickstart.demo.Pause;
import dev.freshet.quickstart.tour.Tour;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.OutputFile;
import dev.freshet.support.config.cli.CommandLineErrors;
import dev.freshet.support.config.cli.CommandRunner;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code freshet quickstart}. */
@Command(
        name = "freshet quickstart",
        mixinStandardHelpOptions = true,
        versionProvider = QuickstartMain.Version.class,
        sortOptions = false,
        description = {
            "Starts PostgreSQL, Redis, writer, reader and invalidator on this machine, and gives a guided tour.",
            "With --kafka, Freshet's sink in two workers of Kafka Connect evicts, in place of the invalidator.",
            "Nothing needs to be installed. Nothing is left behind except the file you asked for."
        },
        footer = {"", "Exit code: 0 if every check passed, 1 if a check or anything else failed, 2 for wrong options."})
public final class QuickstartMain implements Callable<Integer> {
    private static final long PACE_MILLIS = 250;
    private static final String LOG_PROPERTY = "freshet.quickstart.log";

    @Option(names = "--once", description = "Run the tour and exit, instead of staying up until Ctrl-C.")
    private boolean once;

    @Option(names = "--no-tour", description = "Start everything and stay up, without the tour.")
    private boolean noTour;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Write the addresses and a demo token to this file once everything is ready. Only you can"
                    + " read it. It is removed at the end.")
    private Path envFile;

    @Option(
            names = "--ports",
            paramLabel = "P,P,P,P,P",
            description = "Ports of PostgreSQL, Redis, writer, reader, invalidator (5432,6379,8081,8082,8083). A port"
                    + " that is 0 or taken is replaced by any free port.")
    private String ports;

    @Option(
            names = "--kafka",
            description =
                    "Also start a broker of Kafka, two workers of Kafka Connect, Debezium's connector and Freshet's"
                            + " sink, in place of the invalidator. It promises level eventual.")
    private boolean kafka;

    @Option(names = "--keep-logs", description = "Keep the folder with the logs.")
    private boolean keepLogs;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private volatile boolean ended;
    private volatile boolean stopping;

    public static void main(String[] arguments) {
        var line = commandLine();
        CommandRunner.warnOfVariables(line, Environment.ofProcess());
        System.exit(line.execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new QuickstartMain()).setParameterExceptionHandler(CommandLineErrors::tell);
    }

    @Override
    public Integer call() {
        if (once && noTour) {
            throw new ParameterException(
                    spec.commandLine(), "--once and --no-tour contradict each other: give one of them");
        }
        requireSettings();
        var wanted = wantedPorts();
        var console = Console.ofProcess(System.getenv());
        var folder = WorkFolder.create("quickstart");
        if (keepLogs) {
            folder.keep();
        }
        System.setProperty(LOG_PROPERTY, folder.path().resolve("quickstart.log").toString());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping(console)));
        try {
            var held = run(console, folder, wanted);
            ended = true;
            return held ? 0 : 1;
        } catch (StackException | DevServicesException e) {
            if (!stopping) {
                LoggerFactory.getLogger(QuickstartMain.class).error("the quickstart failed", e);
                console.blank();
                console.error(e.getMessage());
                keep(console, folder);
            }
            ended = true;
            return 1;
        }
    }

    private static void keep(Console console, WorkFolder folder) {
        folder.keep();
        console.line("The logs are in " + folder);
    }

    private void requireSettings() {
        try {
            DevServices.requireSettings(System.getenv());
            if (envFile != null) {
                OutputFile.require("--env-file", envFile);
            }
        } catch (DevServicesException | ConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private ServicePorts wantedPorts() {
        try {
            return ports == null ? ServicePorts.USUAL : ServicePorts.parse(ports);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--ports: " + e.getMessage());
        }
    }

    /** Runs in its own shutdown hook, in parallel with the one that stops the processes in order. */
    private void stopping(Console console) {
        stopping = true;
        if (!ended) {
            console.line("stopping …");
        }
    }

    private boolean run(Console console, WorkFolder folder, ServicePorts wanted) {
        console.heading(
                kafka ? "Freshet on Kafka Connect: everything on this machine" : "Freshet: everything on this machine");
        var demo = new Demo(console, folder.path(), wanted, kafka);
        demo.start();
        console.fact("logs", folder.toString());
        var variables = envFile != null ? envFile : folder.path().resolve("quickstart.env");
        var environment = demo.environment();
        EnvFile.write(variables, environment);
        // However the process ends, the content of the file is then useless.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> EnvFile.remove(variables, environment)));

        var work = CompletableFuture.supplyAsync(() -> present(console, demo, folder, variables), task -> {
            var thread = new Thread(task, "quickstart");
            thread.setDaemon(true);
            thread.start();
        });
        try {
            // Whichever comes first: the tour ends, or a process ends unexpectedly.
            return CompletableFuture.anyOf(work, demo.broken().thenApply(QuickstartMain::raise))
                    .thenApply(Boolean.class::cast)
                    .join();
        } catch (CompletionException e) {
            // A dead process explains a failed read better than the read's own error does.
            var died = demo.broken()
                    .completeOnTimeout(null, 300, TimeUnit.MILLISECONDS)
                    .join();
            if (died != null) {
                throw died;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Boolean raise(StackException e) {
        throw e;
    }

    private boolean present(Console console, Demo demo, WorkFolder folder, Path variables) {
        var held = noTour || tour(console, demo, folder);
        if (once) {
            return held;
        }
        console.heading("It stays up until Ctrl-C");
        console.prose("Addresses and a token for your shell:");
        console.quote("set -a; . " + variables + "; set +a");
        console.quote("curl -H \"Authorization: Bearer $FRESHET_TOKEN\" $FRESHET_READER_URL/v1/projects");
        console.quote("psql \"${FRESHET_JDBC_URL#jdbc:}\"");
        console.blank();
        if (!kafka) {
            new LiveView(console, demo.recent()).follow(() -> stopping);
        }
        while (!stopping) {
            Pause.millis(PACE_MILLIS);
        }
        return held;
    }

    private boolean tour(Console console, Demo demo, WorkFolder folder) {
        try (var tour = new Tour(console, demo)) {
            tour.run();
            var failed = tour.checks().failed();
            console.blank();
            failed.forEach(claim -> console.check(false, claim));
            console.check(
                    failed.isEmpty(),
                    failed.isEmpty()
                            ? "all " + tour.checks().made() + " checks held"
                            : failed.size() + " of " + tour.checks().made() + " checks failed");
            if (keepLogs || !failed.isEmpty()) {
                keep(console, folder);
            }
            console.line(console.style().bold(tour.summary()));
            return failed.isEmpty();
        }
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = QuickstartMain.class.getPackage().getImplementationVersion();
            return new String[] {"Freshet " + (version == null ? "(not packaged)" : version)};
        }
    }
}
