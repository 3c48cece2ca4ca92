// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.Contracts;
import dev.freshet.cache.Tags;
import dev.freshet.cache.TestedRedis;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.memory.MemoryRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The same random steps, in a Redis and in the one in memory, come to the same. {@code -Dfreshet.difference.steps} makes
 * it long, {@code -Dfreshet.difference.seed} repeats one.
 */
@WithRedis
class MemoryRedisDifferenceTest {
    private static final int STEPS = Integer.getInteger("freshet.difference.steps", 1500);
    private static final int AGAIN = 40;
    private static final List<String> TAGS =
            List.of("task:1", "task:2", "branch:7/inherited", "branch:8/inherited", "x:1");
    private static final List<Isolate> OWNERS = List.of(Isolate.of("u1"), Isolate.SHARED);

    private final RedisServer server;

    MemoryRedisDifferenceTest(RedisServer server) {
        this.server = server;
    }

    @Test
    void theSameStepsComeToTheSame() throws Exception {
        long seed = Long.getLong("freshet.difference.seed", System.nanoTime());
        try (var real = new Side(TestedRedis.at(server.uri()));
                var memory = new Side(TestedRedis.in(new MemoryRedis()))) {
            var random = new Random(seed);
            var answers = new TreeSet<String>();
            for (int step = 0; step < STEPS; step++) {
                if (step % AGAIN == 0) {
                    real.empty();
                    memory.empty();
                }
                long chosen = random.nextLong();
                String answer = real.step(new Random(chosen));
                assertThat(memory.step(new Random(chosen)))
                        .as("step %s with -Dfreshet.difference.seed=%s", step, seed)
                        .isEqualTo(answer);
                answers.add(answer.split(" ")[0]);
            }
            // Otherwise the two would agree about little.
            assertThat(answers).contains("hit", "miss", "behind", "uncovered", "stored", "fenced", "lost");
        }
    }

    /** One of the two. */
    private static final class Side implements AutoCloseable {
        private final CacheKeys keys = new CacheKeys("ctx");
        private final RawRedis raw;
        private final RedisLink<String, byte[]> link;
        private final RedisStore store;
        private final List<FillToken> tokens = new ArrayList<>();

        Side(TestedRedis tested) throws InterruptedException {
            raw = tested.raw().get();
            link = tested.link().get();
            link.open(Duration.ofSeconds(30));
            store = new RedisStore(
                    link,
                    new CircuitBreaker(3, Duration.ofSeconds(1), System::nanoTime),
                    keys,
                    new LoaderDatabase(),
                    CacheKeys.FENCE_LIFETIME,
                    Duration.ofSeconds(30),
                    new SimpleMeterRegistry());
        }

        void empty() {
            raw.redis.flushall();
            tokens.clear();
            Contracts.promise(raw);
        }

        /** Takes one step, and tells what came of it without naming a time. */
        String step(Random random) throws Exception {
            var owner = OWNERS.get(random.nextInt(OWNERS.size()));
            var entry = new EntryAddress(owner, keys.entry(owner, "task", List.of("" + random.nextInt(2)), "own"));
            int kind = random.nextInt(100);
            if (kind < 35) {
                return begin(store.begin(BeginRequest.only(entry), demand(random), lease(random)));
            }
            if (kind < 45) {
                var second = new EntryAddress(owner, keys.entry(owner, "task", List.of("9"), "own"));
                return store
                        .beginAll(
                                List.of(BeginRequest.only(entry), BeginRequest.only(second)),
                                demand(random),
                                lease(random))
                        .join()
                        .stream()
                        .map(this::begin)
                        .toList()
                        .toString();
            }
            if (kind < 75) {
                return tokens.isEmpty() ? "none" : fill(entry, random);
            }
            if (kind < 87) {
                store.invalidate(owner, tags(random));
                return "invalidated " + raw.redis.exists(entry.name());
            }
            return other(random, kind, owner, entry);
        }

        private String fill(EntryAddress entry, Random random) throws Exception {
            // Mostly a late one: of the others too much has happened.
            int back = random.nextInt(3) == 0 ? random.nextInt(tokens.size()) : 0;
            var value = new Fill(
                    random.nextInt(5) == 0 ? null : ("\"é" + random.nextInt() + "\"").getBytes(StandardCharsets.UTF_8),
                    tags(random),
                    random.nextBoolean() ? Lsn.parse("0/" + random.nextInt(9)) : null,
                    "7:7:",
                    null,
                    true);
            var filled = store.fill(entry, tokens.get(tokens.size() - 1 - back), Duration.ofSeconds(300), value);
            return filled + " " + raw.redis.get(entry.name());
        }

        private String other(Random random, int kind, Isolate owner, EntryAddress entry) throws Exception {
            switch (kind) {
                case 87 -> raw.redis.del(keys.fences(owner));
                case 88, 89 -> raw.redis.del(keys.tagSet(owner, tags(random).get(0)));
                case 90 -> raw.redis.hset(keys.position(), "covers", "task");
                case 91, 92 -> Contracts.promise(raw);
                case 93 -> Contracts.promise(raw, new Coverage(Set.of("task", "branch/inherited"), Set.of("task")));
                case 94 -> raw.redis.del(keys.position());
                case 95, 96 -> raw.redis.hset(keys.position(), "lsn", "0/" + random.nextInt(9));
                case 97 ->
                    raw.redis.hset(keys.position(), "held-at", raw.redis.time().get(0) + "000000");
                case 98 -> store.drop(entry);
                default -> {
                    store.release(entry).join();
                    return "released " + new TreeSet<>(raw.redis.keys("*"));
                }
            }
            return "done " + new TreeSet<>(raw.redis.keys("*"));
        }

        private String begin(BeginReply reply) {
            if (reply.token() != null) {
                tokens.add(reply.token());
            }
            String found = reply.entry() == null
                    ? (reply.refusal() == null
                            ? "miss"
                            : reply.refusal().kind().toString().toLowerCase(Locale.ROOT))
                    : "hit " + new String(reply.entry(), StandardCharsets.UTF_8);
            return found + (reply.token() == null ? " without" : " with") + " a token, lease " + reply.lease();
        }

        private static Duration lease(Random random) {
            return random.nextBoolean() ? Duration.ofSeconds(30) : null;
        }

        private static Demand demand(Random random) {
            return switch (random.nextInt(6)) {
                case 0 -> new Demand.MaxAge(Duration.ofHours(1));
                case 1 -> new Demand.Reached(Lsn.parse("0/" + random.nextInt(9)), null);
                default -> Demand.NONE;
            };
        }

        private static List<Tag> tags(Random random) {
            var names = new TreeSet<String>();
            int more = random.nextInt(2);
            for (int i = 0; i <= more; i++) {
                names.add(TAGS.get(random.nextInt(random.nextInt(8) == 0 ? TAGS.size() : TAGS.size() - 1)));
            }
            return Tags.of(names.toArray(String[]::new));
        }

        @Override
        public void close() {
            link.close();
            raw.close();
        }
    }
}
