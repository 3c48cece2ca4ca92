// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.http.auth.InvalidTokenException;
import dev.freshet.support.http.auth.Tokens;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("memory")
class TokenCommandTest {
    private static final Environment ENVIRONMENT =
            new Environment(Map.of("FRESHET_JWT_SECRET", "a secret of at least thirty-two bytes"));
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theServicesTakeTheTokenForThatUser() throws Exception {
        String token = TokenCommand.issue("u 1", HOUR, ENVIRONMENT);
        assertThat(Tokens.from(ENVIRONMENT).userOf(token)).isEqualTo("u 1");
        var others = new Environment(Map.of("FRESHET_JWT_SECRET", "another secret of thirty-two bytes, or more"));
        assertThatThrownBy(() -> Tokens.from(others).userOf(token)).isInstanceOf(InvalidTokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb"})
    void aUserThatCannotBeIsRefused(String user) {
        assertThatThrownBy(() -> TokenCommand.issue(user, HOUR, ENVIRONMENT)).isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void withoutASecretOrForNoTimeThereIsNone() {
        assertThatThrownBy(() -> TokenCommand.issue("u1", HOUR, new Environment(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRESHET_JWT_SECRET");
        assertThatThrownBy(() -> TokenCommand.issue("u1", Duration.ZERO, ENVIRONMENT))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--valid is '0ms'; expected 1s to 8784h");
    }
}
