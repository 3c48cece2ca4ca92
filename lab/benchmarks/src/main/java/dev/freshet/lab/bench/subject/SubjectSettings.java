// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a subject works on. Passed to its process in environment variables, so that no password is on a command line.
 *
 * @param jdbcUrl of the database, without user and password
 * @param slot an existing slot of plugin pgoutput; unused by the listener
 * @param publication an existing publication; unused by the listener
 * @param rows how many rows will change, if the subject reports that it has seen them all; 0: unknown
 */
public record SubjectSettings(
        String jdbcUrl, String user, String password, String redisUri, String slot, String publication, long rows) {
    private static final String PREFIX = "BENCH_";

    static SubjectSettings of(Map<String, String> variables) {
        return new SubjectSettings(
                required(variables, "JDBC_URL"),
                required(variables, "USER"),
                required(variables, "PASSWORD"),
                required(variables, "REDIS_URI"),
                required(variables, "SLOT"),
                required(variables, "PUBLICATION"),
                Long.parseLong(required(variables, "ROWS")));
    }

    /** The variables from which the process reads these settings. */
    public Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put(PREFIX + "JDBC_URL", jdbcUrl);
        variables.put(PREFIX + "USER", user);
        variables.put(PREFIX + "PASSWORD", password);
        variables.put(PREFIX + "REDIS_URI", redisUri);
        variables.put(PREFIX + "SLOT", slot);
        variables.put(PREFIX + "PUBLICATION", publication);
        variables.put(PREFIX + "ROWS", Long.toString(rows));
        return variables;
    }

    private static String required(Map<String, String> variables, String name) {
        String value = variables.get(PREFIX + name);
        if (value == null) {
            throw new IllegalArgumentException(PREFIX + name + " is not set");
        }
        return value;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SubjectSettings[" + jdbcUrl + ", slot=" + slot + ", publication=" + publication + "]";
    }
}
