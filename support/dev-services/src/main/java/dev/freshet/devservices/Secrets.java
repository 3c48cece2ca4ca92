// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Generates random passwords. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** Random bytes as lower-case hexadecimal digits, two per byte: safe in URLs, shells and SQL literals. */
    public static String random(int bytes) {
        var secret = new byte[bytes];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
