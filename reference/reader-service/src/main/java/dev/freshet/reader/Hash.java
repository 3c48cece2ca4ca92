// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Short hashes of values: equal values have equal hashes, different values practically never do. */
final class Hash {
    private static final int BYTES = 16;

    private Hash() {}

    /** The first 128 bits of the SHA-256, in URL-safe Base64. */
    static String of(byte[] value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(value);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
