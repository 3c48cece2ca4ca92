// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.postgres;

import dev.freshet.devservices.backend.DevServicesException;
import java.util.Optional;

/**
 * The version of PostgreSQL to start: {@code -Dfreshet.postgres} or {@code FRESHET_POSTGRES}, 14 to 18. In a container
 * it selects the image. Without containers, the binaries on the class path must have this version; Maven's
 * {@code -Dfreshet.postgres} takes care of that.
 */
public final class PostgresVersion {
    /** The environment variable. */
    public static final String VARIABLE = "FRESHET_POSTGRES";
    /** The version that is started unless another one is chosen. */
    public static final int NEWEST = 18;

    private static final int OLDEST = 14;

    private PostgresVersion() {}

    /** The chosen major version, if there is one. */
    public static Optional<Integer> chosen() {
        var property = System.getProperty("freshet.postgres");
        return of(property != null ? property : System.getenv(VARIABLE));
    }

    /** @throws DevServicesException if the text is not a supported version; blank text chooses none */
    public static Optional<Integer> of(String choice) {
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
