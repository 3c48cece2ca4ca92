// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

/** Which PostgreSQL is started here: {@code -Dfreshet.postgres} or {@code FRESHET_POSTGRES}, from 14 to 18; else 18. */
public final class PostgresVersion {
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private PostgresVersion() {}

    /** The major version. */
    public static int current() {
        var property = System.getProperty("freshet.postgres");
        return of(property != null ? property : System.getenv("FRESHET_POSTGRES"));
    }

    static int of(String choice) {
        if (choice == null || choice.isBlank()) {
            return NEWEST;
        }
        if (!choice.matches("\\d{1,3}") || Integer.parseInt(choice) < OLDEST || Integer.parseInt(choice) > NEWEST) {
            throw new DevServicesException(
                    "freshet.postgres is " + choice + ", expected a version from " + OLDEST + " to " + NEWEST);
        }
        return Integer.parseInt(choice);
    }
}
