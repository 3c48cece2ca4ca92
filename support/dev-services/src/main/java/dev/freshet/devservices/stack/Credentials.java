// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import dev.freshet.devservices.Secrets;

/** The passwords and keys of one run. They are generated for each run and never shown. */
record Credentials(
        String writer,
        String reader,
        String invalidator,
        String app,
        String redisAdmin,
        String redisReader,
        String redisInvalidator,
        String jwtSecret) {

    static Credentials generate() {
        return new Credentials(
                secret(), secret(), secret(), secret(), secret(), secret(), secret(), Secrets.random(32));
    }

    private static String secret() {
        return Secrets.random(16);
    }

    @Override
    public String toString() {
        return "Credentials (hidden)";
    }
}
