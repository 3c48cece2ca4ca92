// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as the specification Standard Webhooks has them: HMAC-SHA256 of id, time and body. */
final class WebhookSignature {
    static final String PREFIX = "whsec_";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9+/]+={0,2}");
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private WebhookSignature() {}

    /** Whether a secret is {@code whsec_} and 24 to 64 bytes in Base64. */
    static boolean isSecret(String secret) {
        try {
            return FORM.matcher(secret).matches() && isLong(key(secret).length);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLong(int bytes) {
        return bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
    }

    /**
     * The header's value.
     *
     * @param seconds since 1970
     * @throws IllegalArgumentException if the secret has not that form; the message does not quote it
     */
    static String of(String secret, String id, long seconds, String body) {
        if (!isSecret(secret)) {
            throw new IllegalArgumentException("the secret is not " + PREFIX + " and Base64");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            byte[] signature = mac.doFinal((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    }
}
