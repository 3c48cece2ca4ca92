// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL from zonky's binaries, which contain only initdb, pg_ctl and postgres. */
final class LocalPostgres extends LocalServer {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int BUILTIN_LOCALES = 17;

    private final PostgresOptions options;
    private final ServerUser user;
    private final Path binaries;
    private final int version;
    private final Path data;

    private LocalPostgres(PostgresOptions options, ServerUser user) {
        super("postgres");
        this.options = options;
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

    static LocalPostgres start(PostgresOptions options, String password) {
        var server = new LocalPostgres(options, ServerUser.choose());
        return server.startedWith(() -> server.initdb(password));
    }

    /** Starts a hot standby of a primary. The primary must be stopped; this starts it. */
    static LocalPostgres standby(PostgresOptions options, LocalPostgres primary, String password) {
        var following = "host=" + primary.host() + " port=" + primary.port() + " user=" + PostgresServer.SUPERUSER
                + " password=" + password;
        var server = new LocalPostgres(options.set("primary_conninfo", following), ServerUser.choose());
        return server.startedWith(() -> {
            server.copy(primary.data);
            primary.start();
        });
    }

    private LocalPostgres startedWith(Filling filling) {
        try {
            filling.fill();
        } catch (IOException e) {
            close();
            throw new DevServicesException("cannot prepare the data of PostgreSQL in " + folder(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        startFirst(options.preferredPort());
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
        var said = Tools.output(List.of(binaries.resolve("postgres").toString(), "--version"));
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

    private void initdb(String password) throws IOException {
        var secret = Files.writeString(folder().resolve("secret"), password);
        user.give(secret);
        var options = new ArrayList<>(List.of(
                binaries.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + PostgresServer.SUPERUSER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync",
                "--no-instructions"));
        options.addAll(locale());
        var command = user.command(options);
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectInput(Tools.NOWHERE)
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
    List<String> command() {
        var command = new ArrayList<String>();
        command.add(binaries.resolve("postgres").toString());
        command.addAll(List.of("-D", data.toString()));
        Stream.of("listen_addresses=" + host(), "port=" + port(), "unix_socket_directories=")
                .forEach(setting -> command.addAll(List.of("-c", setting)));
        options.effective().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return user.command(command);
    }

    /** The first line of the lock file is the postmaster's process id, the eighth is its state. */
    @Override
    boolean isReady(ChildProcess candidate) {
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
    String stopSignal() {
        return "INT";
    }

    /** An immediate shutdown: no checkpoint, but unlike SIGKILL it releases shared memory. */
    @Override
    String quitSignal() {
        return "QUIT";
    }

    @Override
    boolean portWasTaken(String log) {
        return log.contains("could not bind") || log.contains("Address already in use");
    }

    @Override
    boolean isWorthAnotherTry(String log) {
        return log.contains("is still in use") || log.contains("lock file \"postmaster.pid\" already exists");
    }
}
