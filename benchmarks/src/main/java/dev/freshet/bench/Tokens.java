// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens of the run's users, as an identity provider would issue them. Thread-safe. */
final class Tokens {
    private static final Duration VALID = Duration.ofDays(2);

    private final String secret;
    private final ConcurrentHashMap<String, String> issued = new ConcurrentHashMap<>();

    Tokens(String secret) {
        this.secret = secret;
    }

    String of(String user) {
        return issued.computeIfAbsent(user, this::issue);
    }

    private String issue(String user) {
        try {
            var now = Instant.now();
            var jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new JWTClaimsSet.Builder()
                            .subject(user)
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(VALID)))
                            .build());
            jwt.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }
}
