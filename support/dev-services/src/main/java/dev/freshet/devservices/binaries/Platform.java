// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.binaries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The operating system and processor of this machine, in the naming of the bundled binaries. */
public record Platform(String os, String arch, boolean musl) {

    /** Of the JVM that asks. */
    public static Platform current() {
        return of(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
    }

    static Platform of(String osName, String osArch, boolean musl) {
        var name = osName.toLowerCase(Locale.ROOT);
        var os = name.startsWith("mac") || name.startsWith("darwin") ? "darwin" : name.replaceAll("[^a-z0-9].*", "");
        var arch = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> osArch.toLowerCase(Locale.ROOT);
        };
        return new Platform(os, arch, musl && os.equals("linux"));
    }

    /** The class path resource of PostgreSQL's archive, in the naming of zonky's binaries. */
    public String postgresArchive() {
        var machine = arch.equals("amd64") ? "x86_64" : arch.equals("arm64") ? "arm_64" : arch;
        return "postgres-" + os + "-" + machine + (musl ? "-alpine_linux" : "") + ".txz";
    }

    /** The class path resource of the Redis server, in the naming of Signal's embedded-redis. */
    public String redisBinary() {
        return "redis-server-7.0.15-" + os + "-" + arch;
    }

    @Override
    public String toString() {
        return os + " on " + arch + (musl ? " (musl)" : "");
    }
}
