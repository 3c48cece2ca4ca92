// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import dev.freshet.devservices.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How one of Freshet's processes is started: its command line, and its environment. */
public final class ServiceLaunch {
    private ServiceLaunch() {}

    /** Runs a jar in a JVM of its own, with the archive of its classes if the build made one. */
    public static List<String> command(List<String> javaFlags, Path jar, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaFlags);
        var archive = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".jsa"));
        if (Files.exists(archive)) {
            command.addAll(List.of("-Xlog:cds=off", "-XX:SharedArchiveFile=" + archive));
        }
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    /**
     * The variables of a process that uses this database, to be added to those of this JVM. They remove all Freshet
     * variables of this shell, so that these do not affect the process. May be changed by the caller.
     */
    public static Map<String, String> environment(TestDatabase database, String user, String password) {
        var environment = new LinkedHashMap<String, String>();
        System.getenv().keySet().stream()
                .filter(variable -> variable.startsWith("FRESHET_"))
                .forEach(variable -> environment.put(variable, null));
        environment.put("FRESHET_JDBC_URL", database.jdbcUrl());
        environment.put("FRESHET_JDBC_USER", user);
        environment.put("FRESHET_JDBC_PASSWORD", password);
        return environment;
    }
}
