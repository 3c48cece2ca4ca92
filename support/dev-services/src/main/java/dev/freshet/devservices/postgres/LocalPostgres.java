// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.postgres;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.binaries.Platform;
import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.LocalServer;
import dev.freshet.devservices.process.SystemCommands;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL from zonky's binaries, which contain only initdb, pg_ctl and postgres. */
public final class LocalPostgres extends LocalServer {
    /** The name of the superuser. */
    public static final String SUPERUSER = "postgres";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int BUILTIN_LOCALES = 17;
    private static final int SCRAM_ITERATIONS = 16;

    private final Map<String, String> settings;
    private final ServerUser user;
    private final Path binaries;
    private final int version;
    private final Path data;

    private LocalPostgres(Map<String, String> settings, ServerUser user) {
        super("postgres");
        this.settings = settings;
        this.user = user;
        this.binaries =
                user.binaries().unpacked(Platform.current().postgresArchive()).resolve("bin");
        this.version = version();
        try {
            this.data = user.folder(folder(), "data");
        } catch (IOException e) {
            throw new DevServicesException("cannot prepare the data of PostgreSQL in " + folder(), e);
        }
    }

    /**
     * Starts a server. Returns when it accepts connections.
     *
     * @param preferredPort used if it is free, otherwise any free port; 0: any
     * @param settings settings of postgresql.conf
     * @param password the superuser's
     * @param quickLogins whether clients send passwords as they are, instead of by SCRAM
     */
    public static LocalPostgres start(
            int preferredPort, Map<String, String> settings, String password, boolean quickLogins) {
        var server = new LocalPostgres(settings, ServerUser.choose());
        return server.startedWith(() -> server.initdb(password, quickLogins), preferredPort);
    }

    /** Starts a hot standby of a primary. The primary must be stopped; this starts it. */
    public static LocalPostgres standby(Map<String, String> settings, LocalPostgres primary, String password) {
        var following = "host=" + primary.host() + " port=" + primary.port() + " user=" + SUPERUSER + " password="
                + password + " dbname=postgres";
        var all = new LinkedHashMap<>(settings);
        all.put("primary_conninfo", following);
        var server = new LocalPostgres(all, ServerUser.choose());
        return server.startedWith(
                () -> {
                    server.copy(primary.data);
                    primary.start();
                },
                0);
    }

    private LocalPostgres startedWith(Filling filling, int preferredPort) {
        try {
            filling.fill();
        } catch (IOException e) {
            close();
            throw new DevServicesException("cannot prepare the data of PostgreSQL in " + folder(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        startFirst(preferredPort);
        return this;
    }

    private interface Filling {
        void fill() throws IOException;
    }

    private void copy(Path source) throws IOException {
        Files.setPosixFilePermissions(data, Files.getPosixFilePermissions(source));
        try (var files = Files.walk(source)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = data.resolve(source.relativize(file).toString());
                if (!file.equals(source)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
                user.give(target);
            }
        }
        user.give(Files.createFile(data.resolve("standby.signal")));
    }

    /** The version of the binaries, which must be the chosen one. */
    private int version() {
        var said = SystemCommands.output(List.of(binaries.resolve("postgres").toString(), "--version"));
        var found = VERSION.matcher(said);
        if (!found.find()) {
            throw new DevServicesException("PostgreSQL's binaries say that they are '" + said + "'");
        }
        int actual = Integer.parseInt(found.group(1));
        PostgresVersion.chosen().filter(chosen -> chosen != actual).ifPresent(chosen -> {
            throw new DevServicesException(
                    "PostgreSQL " + chosen + " is wanted, but the binaries on the class path are of " + actual
                            + ": give -Dfreshet.postgres=" + chosen + " to Maven, or start a Docker engine");
        });
        return actual;
    }

    /**
     * From version 17 on, the provider "builtin": it needs no locale of the operating system and sorts the same
     * everywhere.
     */
    private List<String> locale() {
        return version >= BUILTIN_LOCALES
                ? List.of("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
                : List.of("--no-locale");
    }

    private void initdb(String password, boolean quickLogins) throws IOException {
        var secret = Files.writeString(folder().resolve("secret"), password);
        user.give(secret);
        var options = new ArrayList<>(List.of(
                binaries.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + secret,
                "--auth=" + (quickLogins ? "password" : "scram-sha-256"),
                "--encoding=UTF8",
                "--no-sync",
                "--no-instructions"));
        options.addAll(locale());
        if (quickLogins && version >= SCRAM_ITERATIONS) {
            // How often a password is hashed to be compared with the stored one.
            options.add("--set=scram_iterations=1");
        }
        var command = user.command(options);
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectInput(SystemCommands.NOWHERE)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log().toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        try {
            var exit = builder.start().waitFor();
            if (exit != 0) {
                throw new DevServicesException("initdb ended with " + exit + "; its output ends with:\n" + logTail(15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevServicesException("interrupted while PostgreSQL's data were prepared", e);
        } finally {
            Files.delete(secret);
        }
    }

    @Override
    protected List<String> command() {
        var command = new ArrayList<String>();
        command.add(binaries.resolve("postgres").toString());
        command.addAll(List.of("-D", data.toString()));
        Stream.of("listen_addresses=" + host(), "port=" + port(), "unix_socket_directories=")
                .forEach(setting -> command.addAll(List.of("-c", setting)));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return user.command(command);
    }

    /** Removes the settings of another PostgreSQL installation, which must not affect ours. */
    @Override
    protected Map<String, String> environment() {
        var clean = new HashMap<String, String>();
        System.getenv().keySet().stream()
                .filter(variable -> variable.startsWith("PG"))
                .forEach(variable -> clean.put(variable, null));
        return clean;
    }

    /** The first line of the lock file is the postmaster's process id, the eighth is its state. */
    @Override
    protected boolean isReady(ChildProcess candidate) {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() >= 8
                    && lines.get(0).strip().equals(Long.toString(candidate.pid()))
                    && lines.get(7).strip().equals("ready");
        } catch (NoSuchFileException notYet) {
            return false;
        } catch (IOException e) {
            throw new DevServicesException("cannot read PostgreSQL's lock file", e);
        }
    }

    /** A fast shutdown: open transactions are rolled back and clients are disconnected. */
    @Override
    protected String stopSignal() {
        return "INT";
    }

    /** An immediate shutdown: no checkpoint, but unlike SIGKILL it releases shared memory. */
    @Override
    protected String quitSignal() {
        return "QUIT";
    }

    @Override
    protected boolean portWasTaken(String log) {
        return log.contains("could not bind") || log.contains("Address already in use");
    }

    @Override
    protected boolean isWorthAnotherTry(String log) {
        return log.contains("is still in use") || log.contains("lock file \"postmaster.pid\" already exists");
    }
}
