// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    /** The example of the libraries of Standard Webhooks. */
    @Test
    void isThatOfTheSpecification() {
        assertThat(WebhookSignature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hunter2", "whsec_", "whsec_short", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa w", "whsec_===="})
    void aSecretOfAnotherFormIsRefusedAndNotQuoted(String secret) {
        assertThat(WebhookSignature.isSecret(secret)).isFalse();
        assertThatThrownBy(() -> WebhookSignature.of(secret, "1", 1, "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the secret is not whsec_ and Base64");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void aSecretHas24To64Bytes(int bytes) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
        assertThat(WebhookSignature.isSecret(secret)).isTrue();
        assertThat(WebhookSignature.isSecret("whsec_" + Base64.getEncoder().encodeToString(new byte[23])))
                .isFalse();
        assertThat(WebhookSignature.isSecret("whsec_" + Base64.getEncoder().encodeToString(new byte[65])))
                .isFalse();
    }
}
