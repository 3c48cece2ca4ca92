// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.servers;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.invalidator.reload.CacheRights;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Literal;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.answer.RedisFailures;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Evicts, by each template and by tags, what no program has cached: Redis tells only then whether its user may. Over
 * connections of its own, as evictions that are refused are repeated for as long as they are.
 */
public final class EvictionRehearsal implements CacheRights {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** In place of a value of a row. */
    private static final String NO_ROW = "~no-row";

    private final Function<Mapping, EvictorSettings> settings;

    /** @param settings of the run, for a mapping */
    public EvictionRehearsal(Function<Mapping, EvictorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Optional<String> refusal(Mapping mapping) throws UnansweredException, InterruptedException {
        List<Eviction> evictions = evictions(mapping);
        if (evictions.isEmpty()) {
            return Optional.empty();
        }
        EvictorSettings server = settings.apply(mapping);
        try (var cache = new Evictor(server, new SimpleMeterRegistry())) {
            new PatientCache(cache, server.address(), PATIENCE).ask(() -> cache.evict(evictions));
            return Optional.empty();
        } catch (PatientCache.UnavailableException e) {
            if (RedisFailures.tellsNoRight(e.getMessage())) {
                return Optional.of(e.getMessage());
            }
            throw new UnansweredException(e.getMessage());
        }
    }

    private static List<Eviction> evictions(Mapping mapping) {
        var evictions = new ArrayList<Eviction>();
        for (EntityMapping entity : mapping.entities().values()) {
            entity.templates()
                    .forEach(template -> evictions.add(new Eviction.OfKey(key(template), Reason.REQUESTED, null)));
            if (entity.tags()) {
                evictions.add(new Eviction.OfTag(
                        Isolate.SHARED, Tag.row(entity.name(), List.of(NO_ROW)), Reason.REQUESTED, null));
            }
        }
        return evictions;
    }

    private static String key(KeyTemplate template) {
        return template.parts().stream()
                .map(part -> part instanceof Literal literal ? literal.text() : NO_ROW)
                .collect(Collectors.joining());
    }
}
