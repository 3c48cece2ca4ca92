// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.inspect;

import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Standing;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.MasterLink;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.answer.Answers;
import dev.freshet.redis.answer.NoAnswerException;
import dev.freshet.redis.answer.RedisFailures;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Looks at Redis before a run: version, memory, and whose the namespace is. Sends INFO and HGETALL. One thread. */
public final class RedisInspection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_UNDER_WAY = 16;

    private final RedisLink<String, String> link;
    private final LinkedHashSet<Finding> found = new LinkedHashSet<>();

    /**
     * Connects on first use.
     *
     * @param password overrides the address's; null to use the address's
     * @throws IllegalArgumentException if it is not a Redis address; the message contains no secret
     */
    public RedisInspection(String redisUrl, CharSequence password) {
        link = new RedisLink<>(
                new LinkSettings(
                        RedisAddress.of(redisUrl, password), "freshet-check", TIMEOUT, TIMEOUT, MOST_UNDER_WAY),
                StringCodec.UTF8,
                () -> {});
    }

    /**
     * What was found, that Redis does not answer included.
     *
     * @param namespace of the mapping
     * @param own the owner of the namespace that the mapping is to have; empty if it is not known
     */
    public List<Finding> look(String namespace, Optional<Owner> own) throws InterruptedException {
        found.clear();
        try {
            link.open(TIMEOUT);
            for (MasterLink<String, String> master : link.masters()) {
                server(master);
                owner(master, namespace, own);
            }
        } catch (RedisException e) {
            noAnswer(RedisFailures.describe(e));
        } catch (NoAnswerException e) {
            noAnswer(e.getMessage());
        }
        return new ArrayList<>(found);
    }

    private void noAnswer(String why) {
        found.add(Finding.of(RedisCode.NO_ANSWER, server(), "could not ask Redis at " + link + ": " + why));
    }

    private void server(MasterLink<String, String> master) throws InterruptedException, NoAnswerException {
        ask(master, "INFO", redis -> redis.info())
                .map(MasterInfo::new)
                .ifPresent(info -> found.addAll(
                        info.findings(link.toString(), link.address().topology())));
    }

    private void owner(MasterLink<String, String> master, String namespace, Optional<Owner> own)
            throws InterruptedException, NoAnswerException {
        var keys = new CacheKeys(namespace);
        String key = master.positionIndex().isPresent()
                ? keys.position(master.positionIndex().getAsInt())
                : keys.position();
        Optional<Map<String, String>> fields = ask(master, "HGETALL", redis -> redis.hgetall(key));
        fields.flatMap(known -> Standing.of(known, 0).owner())
                .filter(other -> own.isPresent() && !other.isSame(own.get()))
                .ifPresent(other -> found.add(Finding.of(
                        RedisCode.OTHER_OWNER,
                        Place.of(Kind.NAMESPACE, namespace),
                        "namespace " + namespace + " in Redis belongs to " + other + ", and the mapping is for "
                                + own.get()
                                + "; expected a namespace of its own. If that one is gone for good, start run"
                                + " once with --take-over, which purges the namespace")));
    }

    /** The answer; empty if this user may not ask. */
    private <T> Optional<T> ask(
            MasterLink<String, String> master,
            String command,
            Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> question)
            throws InterruptedException, NoAnswerException {
        try {
            return Optional.of(Answers.await(master.<T>send(question::apply), TIMEOUT));
        } catch (NoAnswerException e) {
            if (!e.isNoRight()) {
                throw e;
            }
            found.add(Finding.of(
                    RedisCode.NOT_ALLOWED,
                    server(),
                    "Redis at " + link + " refuses " + command
                            + " to this user, so what it tells was not looked at; expected"
                            + " the rights of deploy/redis/users.acl"));
            return Optional.empty();
        }
    }

    private Place server() {
        return Place.of(Kind.SERVER, link.toString());
    }

    @Override
    public void close() {
        link.close();
    }
}
