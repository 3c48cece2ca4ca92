// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import dev.freshet.devservices.TestDatabase;

/**
 * Fills a database that is then copied for many tests, e.g. by running migrations. Implementations need a constructor
 * without parameters.
 */
@FunctionalInterface
public interface DatabaseTemplate {

    /** Called once per JVM; must leave no connection open. */
    void prepare(TestDatabase database) throws Exception;

    /** An empty database. */
    final class Empty implements DatabaseTemplate {
        @Override
        public void prepare(TestDatabase database) {
            // Leaves the database empty.
        }
    }
}
