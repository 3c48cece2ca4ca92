// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import dev.freshet.e2e.process.Repository;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rental shop of {@code src/test/resources/rental-shop}: its tables, its rows, and the changes to them. */
public final class RentalShop {
    private static final String FOLDER = "lab/e2e-tests/src/test/resources/rental-shop/";

    /** The mapping that describes its tables. */
    public static final String MAPPING =
            Repository.file("deploy/mappings/rental-shop.yaml").toString();

    private RentalShop() {}

    /**
     * One transaction.
     *
     * @param keys the keys that it makes stale; {@code *} stands for anything
     */
    public record Step(String sql, List<String> keys) {
        @Override
        public String toString() {
            return sql;
        }
    }

    public static String schema() {
        return Repository.text(FOLDER + "schema.sql");
    }

    public static String rows() {
        return Repository.text(FOLDER + "rows.sql");
    }

    public static List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (var line : Repository.text(FOLDER + "session.sql").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("--")) {
                var parts = line.split("; --", 2);
                var keys = Arrays.stream(parts[1].strip().split(" "))
                        .filter(key -> !key.isEmpty())
                        .toList();
                steps.add(new Step(parts[0], keys));
            }
        }
        return steps;
    }
}
