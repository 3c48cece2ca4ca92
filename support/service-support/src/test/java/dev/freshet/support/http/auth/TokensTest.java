// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final long SOON = Instant.now().plus(Duration.ofMinutes(5)).getEpochSecond();

    private final Tokens tokens = new Tokens(Secret.of(KEY));

    @ParameterizedTest
    @ValueSource(strings = {"u1", "😀", "}", "a:b", " a b ", "%7D", "ü"})
    void namesTheUserItWasIssuedFor(String user) throws Exception {
        assertThat(tokens.userOf(tokens.issue(user, Duration.ofMinutes(5)))).isEqualTo(user);
    }

    @Test
    void refusesATokenThatNeverExpires() throws Exception {
        var claims = new JWTClaimsSet.Builder().subject("u1").build();
        assertThat(refusal(signed(JWSAlgorithm.HS256, claims))).startsWith("exp is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "[\"u1\"]", "true", "{}"})
    void refusesASubjectThatIsNoString(String subject) throws Exception {
        assertThat(refusal(signed("{\"sub\":" + subject + ",\"exp\":" + SOON + "}")))
                .isNotEmpty();
    }

    @Test
    void saysWhatIsWrongWithASubject() throws Exception {
        assertThat(refusal(signed("{\"sub\":5,\"exp\":" + SOON + "}"))).startsWith("sub is no string");
        assertThat(refusal(signed("{\"exp\":" + SOON + "}"))).startsWith("sub is missing");
        assertThat(refusal(signed("{\"sub\":\"\",\"exp\":" + SOON + "}"))).contains("1 to 200 characters");
    }

    @Test
    void takesUsersOf200CharactersAndNoMore() throws Exception {
        var longest = "u".repeat(200);
        assertThat(tokens.userOf(tokens.issue(longest, Duration.ofMinutes(5)))).isEqualTo(longest);
        assertRefused(tokens.issue(longest + "u", Duration.ofMinutes(5)));
    }

    @Test
    void refusesUsersThatCannotBeStored() throws Exception {
        assertRefused(tokens.issue("", Duration.ofMinutes(5)));
        assertRefused(tokens.issue("a\u0000b", Duration.ofMinutes(5)));
        assertRefused(tokens.issue("a\nb", Duration.ofMinutes(5)));
        // Escaped by hand: the library would write a lone surrogate as '?'.
        assertThat(refusal(signed("{\"sub\":\"a\\ud800\",\"exp\":" + SOON + "}")))
                .contains("half surrogate pairs");
    }

    private static String encoded(String json) {
        return com.nimbusds.jose.util.Base64URL.encode(json).toString();
    }

    @Test
    void refusesATokenThatHasExpired() throws Exception {
        assertRefused(tokens.issue("u1", Duration.ofMinutes(-5)));
    }

    @Test
    void refusesATokenThatIsNotValidYet() throws Exception {
        var later = Date.from(Instant.now().plus(Duration.ofMinutes(5)));
        assertRefused(signed(JWSAlgorithm.HS256, claims().notBeforeTime(later).build()));
    }

    @Test
    void refusesATokenWithoutASubject() throws Exception {
        assertRefused(signed(
                JWSAlgorithm.HS256,
                new JWTClaimsSet.Builder().expirationTime(new Date(SOON * 1000)).build()));
    }

    @Test
    void refusesOtherAlgorithms() throws Exception {
        assertRefused(signed(JWSAlgorithm.HS512, claims().build()));
        assertRefused(new PlainJWT(claims().build()).serialize());
    }

    @Test
    void refusesAnotherKey() throws Exception {
        assertRefused(new Tokens(Secret.of("another key that is long enough!")).issue("u1", Duration.ofMinutes(5)));
    }

    @Test
    void refusesAShortSecretWithoutShowingIt() {
        assertThatThrownBy(() -> Tokens.from(new Environment(Map.of("FRESHET_JWT_SECRET", "short"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRESHET_JWT_SECRET has only 5 bytes")
                .hasMessageNotContaining("short;");
    }

    private void assertRefused(String token) {
        assertThat(refusal(token)).isNotEmpty();
    }

    /** Why a token is refused. */
    private String refusal(String token) {
        return catchThrowableOfType(InvalidTokenException.class, () -> tokens.userOf(token))
                .getMessage();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().subject("u1").expirationTime(new Date(SOON * 1000));
    }

    /** Signed as it stands, whatever a library would make of it. */
    private static String signed(String claims) throws Exception {
        var text = encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims);
        return text + "."
                + new MACSigner(KEY).sign(new JWSHeader(JWSAlgorithm.HS256), text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String signed(JWSAlgorithm algorithm, JWTClaimsSet claims) throws Exception {
        var token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(new MACSigner(KEY));
        return token.serialize();
    }
}
