// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.devservices.fault.StubServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFailuresTest {
    /** As Lettuce says it, at whatever depth. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection is already closed",
                "Connection is closed",
                "Connection closed",
                "Connection disconnected"
            })
    void aConnectionThatEndedIsToldWithWhatHappensNext(String bare) {
        assertThat(RedisFailures.describe(new RuntimeException(new RedisException(bare))))
                .isEqualTo("the connection was closed before the answer came; the next attempt connects again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "SSH-2.0-OpenSSH_9.6"})
    void whatIsNoRedisIsCalledSo(String answer) throws Exception {
        try (var other = new StubServer(answer);
                var client = RedisClient.create(RedisURI.create("127.0.0.1", other.port()))) {
            assertThat(RedisFailures.describe(catchThrowable(client::connect)))
                    .isEqualTo("what answers there is not Redis; expected Redis there, check host and port");
        }
    }
}
