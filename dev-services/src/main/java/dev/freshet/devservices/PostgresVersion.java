// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.util.Optional;

/**
 * The version of PostgreSQL to start: {@code -Dfreshet.postgres} or {@code FRESHET_POSTGRES}, 14 to 18. In a container
 * it selects the image. Without containers, the binaries on the class path must have this version; Maven's
 * {@code -Dfreshet.postgres} takes care of that.
 */
final class PostgresVersion {
    static final String VARIABLE = "FRESHET_POSTGRES";
    static final int NEWEST = 18;
    private static final int OLDEST = 14;

    private PostgresVersion() {}

    /** The chosen major version, if there is one. */
    static Optional<Integer> chosen() {
        var property = System.getProperty("freshet.postgres");
        return of(property != null ? property : System.getenv(VARIABLE));
    }

    static Optional<Integer> of(String choice) {
        if (choice == null || choice.isBlank()) {
            return Optional.empty();
        }
        if (!choice.matches("\\d{1,3}") || Integer.parseInt(choice) < OLDEST || Integer.parseInt(choice) > NEWEST) {
            throw new DevServicesException("the version of PostgreSQL (-Dfreshet.postgres, FRESHET_POSTGRES) is '"
                    + choice + "', expected " + OLDEST + " to " + NEWEST);
        }
        return Optional.of(Integer.valueOf(choice));
    }
}
