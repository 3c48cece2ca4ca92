// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.stack.ServiceLaunch;
import dev.freshet.lab.race.source.ViewSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Processes that read, each with its own cache-client. They end with this JVM. Thread-safe. */
public final class Fleet implements AutoCloseable {
    /** The number of who compares at the end; readers of a run have numbers of their own. */
    private static final int COMPARING = -1;

    private static final List<String> JAVA_FLAGS = List.of(
            "-Xmx128m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final List<FleetProcess> processes = new ArrayList<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    private Fleet() {}

    /**
     * Starts a fleet. Returns when all of it is ready to read.
     *
     * @throws dev.freshet.devservices.stack.StackException with the end of its log if a process does not become ready
     */
    public static Fleet start(FleetSettings settings) throws InterruptedException {
        var fleet = new Fleet();
        try {
            for (int i = 0; i < settings.processes(); i++) {
                var process = new FleetProcess(spec(settings, i), fleet.broken::add);
                process.launch();
                fleet.processes.add(process);
            }
            for (var process : fleet.processes) {
                process.awaitReady();
            }
            return fleet;
        } catch (RuntimeException | InterruptedException e) {
            fleet.close();
            throw e;
        }
    }

    private static ChildProcess.Spec spec(FleetSettings settings, int number) {
        var name = "fleet-" + number;
        var log = settings.folder().resolve(name + ".log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_FLAGS);
        command.add("-Dfreshet.lab.log=" + log);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FleetMain.class.getName()));
        command.addAll(List.of(
                name,
                settings.caches().namespace(),
                Integer.toString(settings.keys()),
                Long.toString(settings.seed() + number)));
        var database = settings.database();
        var environment = ServiceLaunch.environment(database, database.user(), database.password());
        environment.put("FRESHET_REDIS_URL", settings.caches().redis());
        return new ChildProcess.Spec(name, command, environment, log);
    }

    /** The number of processes. */
    public int size() {
        return processes.size();
    }

    /** A process, counted from 0. */
    public FleetProcess process(int number) {
        return processes.get(number);
    }

    /** What a reader reads through. */
    public ViewSource source(int process, int reader) {
        return new FleetSource(processes.get(process), reader);
    }

    /** What reads through each process once the readers have ended. */
    public List<ViewSource> sources() {
        var sources = new ArrayList<ViewSource>();
        processes.forEach(process -> sources.add(new FleetSource(process, COMPARING)));
        return sources;
    }

    /** Processes that ended by themselves, with the ends of their logs. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    @Override
    public void close() {
        processes.forEach(FleetProcess::kill);
    }
}
