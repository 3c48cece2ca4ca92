// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.secret.Secret;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * Issues and checks the bearer tokens that identify the user. They are JWTs signed with HS256; no other algorithm is
 * accepted. {@code sub}, a string, and {@code exp} are required. {@code exp} and {@code nbf} are checked with a
 * tolerance of one minute. Thread-safe.
 */
public final class Tokens {
    /** Maximum length of a user id, in UTF-16 units. */
    public static final int MAX_USER_LENGTH = 200;

    private static final int MIN_SECRET_BYTES = 32;
    private static final String SECRET = "FRESHET_JWT_SECRET";
    private static final String SECRET_FORM = "a secret of at least " + MIN_SECRET_BYTES + " bytes";

    private final byte[] secret;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @throws ConfigException if the secret is shorter than 32 bytes */
    public Tokens(Secret secret) {
        this.secret = secret.bytes();
        if (this.secret.length < MIN_SECRET_BYTES) {
            throw ConfigException.badSecret(SECRET, "has only " + this.secret.length + " bytes", SECRET_FORM);
        }
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(this.secret)));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(null, Set.of()));
    }

    /** With the secret from {@code FRESHET_JWT_SECRET}. */
    public static Tokens from(Environment environment) {
        return new Tokens(environment.requiredSecret(SECRET, SECRET_FORM));
    }

    /** A token for a user, valid from now for this long. */
    public String issue(String user, Duration validity) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .subject(user)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(validity)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 is not available", e);
        }
        return token.serialize();
    }

    /**
     * The user that a token identifies.
     *
     * @throws InvalidTokenException if the token is not ours, is not valid now, or names a user that cannot be stored
     */
    public String userOf(String token) throws InvalidTokenException {
        Object user;
        boolean ends;
        try {
            var jwt = SignedJWT.parse(token);
            ends = processor.process(jwt, null).getExpirationTime() != null;
            // Reads the claim unconverted: the library would turn a number into a string.
            user = jwt.getPayload().toJSONObject().get("sub");
        } catch (ParseException e) {
            throw new InvalidTokenException("the token is not a JWT", e);
        } catch (BadJOSEException | JOSEException e) {
            throw new InvalidTokenException("the token is not signed with our key, or not valid now", e);
        }
        if (!ends) {
            throw new InvalidTokenException("exp is missing; expected the time at which the token ends", null);
        }
        if (user instanceof String name) {
            return checked(name);
        }
        throw new InvalidTokenException(
                "sub is " + (user == null ? "missing" : "no string") + "; expected the user, as a string", null);
    }

    private static String checked(String user) throws InvalidTokenException {
        if (user.isEmpty() || user.length() > MAX_USER_LENGTH) {
            throw new InvalidTokenException("sub must have 1 to " + MAX_USER_LENGTH + " characters", null);
        }
        if (user.codePoints().anyMatch(Tokens::isUnfit)) {
            throw new InvalidTokenException("sub must not contain control characters or half surrogate pairs", null);
        }
        return user;
    }

    /** A lone surrogate has no UTF-8 form. Encoders turn it into '?', so two users would become one. */
    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
