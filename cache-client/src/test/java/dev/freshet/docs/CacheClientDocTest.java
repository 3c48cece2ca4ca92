// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Contracts;
import dev.freshet.cache.FreshetCache;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithRedis
@WithPostgres
class CacheClientDocTest {
    private static final Path DOC = Path.of("../docs/cache-client.md");
    private static final Path SAMPLE = Path.of("src/test/java/dev/freshet/docs/TaskReader.java");

    @Test
    void theDocumentShowsTheSampleThatIsCompiledHere() throws IOException {
        var source = Files.readString(SAMPLE);
        var sample = source.substring(
                source.indexOf("    // sample\n") + "    // sample\n".length(), source.indexOf("    // end of sample"));
        assertThat(Files.readString(DOC))
                .contains("```java\n" + sample.stripTrailing().stripIndent() + "\n```\n");
    }

    @Test
    void theSampleReadsThrough(RedisServer redis, TestDatabase database) throws Exception {
        database.execute(
                "create table task (id bigint primary key, owner text, name text)",
                "insert into task values (42, 'u1', 'paint')");
        Contracts.promise(redis.uri());
        try (var cache = FreshetCache.builder()
                .redis(redis.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .build()) {
            var reader = new TaskReader(cache, database.dataSource());
            assertThat(reader.task("u1", 42).status()).isEqualTo(CacheStatus.MISS);
            assertThat(reader.task("u1", 42).status()).isEqualTo(CacheStatus.HIT);
            assertThat(reader.task("u1", 42).value()).hasValue("{\"id\":42,\"owner\":\"u1\",\"name\":\"paint\"}");
            assertThat(reader.task("u2", 42).isPresent()).isFalse();
            assertThat(reader.task("u2", 42).status()).isEqualTo(CacheStatus.HIT);
        }
    }
}
