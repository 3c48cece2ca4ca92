// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cache.Owner;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.model.finding.Code;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.protocol.CacheKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisInspectionTest {
    private static final Owner OWN = new Owner("7301", "app", "freshet");

    @Test
    void memoryAndTheOwnerOfTheNamespaceAreLookedAtAndNothingIsWritten() throws Exception {
        try (var server = RedisServer.start(RedisOptions.defaults().directive("maxmemory 50mb"));
                var raw = new RawRedis(server.uri())) {
            raw.redis.configSet("maxmemory-policy", "noeviction");
            assertThat(look(server.uri())).containsExactly(RedisCode.NO_EVICTION);
            raw.redis.configSet("maxmemory-policy", "allkeys-lru");
            assertThat(look(server.uri())).isEmpty();
            assertThat(raw.redis.dbsize()).isZero();

            String key = new CacheKeys("ctx").position();
            raw.redis.hset(key, Map.of("system", "7301", "database", "app", "slot", "freshet"));
            assertThat(look(server.uri())).isEmpty();
            raw.redis.hset(key, "slot", "other");
            assertThat(look(server.uri())).containsExactly(RedisCode.OTHER_OWNER);

            raw.redis.configSet("maxmemory", "0");
            raw.redis.del(key);
            assertThat(look(server.uri())).containsExactly(RedisCode.NO_LIMIT);
        }
    }

    @Test
    void aUserWithoutTheRightsIsToldSo() throws Exception {
        try (var server = RedisServer.start(RedisOptions.defaults()
                .directive("user scanner on >only-for-this-test ~* -@all +ping +hello +client +scan"))) {
            assertThat(look(server.uri("scanner", "only-for-this-test")))
                    .containsExactly(RedisCode.NOT_ALLOWED, RedisCode.NOT_ALLOWED);
        }
    }

    @Test
    void aRedisThatIsNotThereIsAFinding() throws Exception {
        assertThat(look("redis://127.0.0.1:1")).containsExactly(RedisCode.NO_ANSWER);
    }

    private static List<Code> look(String uri) throws InterruptedException {
        try (var inspection = new RedisInspection(uri, null)) {
            return inspection.look("ctx", Optional.of(OWN)).stream()
                    .map(Finding::code)
                    .toList();
        }
    }
}
