// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import static dev.freshet.model.finding.Severity.ERROR;
import static dev.freshet.model.finding.Severity.NOTE;
import static dev.freshet.model.finding.Severity.WARNING;

/** What can be found in Redis. */
public enum RedisCode implements Code {
    NO_ANSWER("FR301", ERROR, "Redis does not answer", "a Redis server at FRESHET_REDIS_URL", """
            No connection could be made, or what answers there is not Redis, or it refuses user and password, or it broke off.

            Without Redis nothing is evicted. run waits for it and acknowledges nothing meanwhile, so nothing is lost, but the
            slot holds WAL back.

            Check the address (docs/configuration.md, "Where Redis is"), FRESHET_REDIS_PASSWORD and the user in the URL.
            """),
    NOT_ALLOWED("FR302", WARNING, "Redis refuses a command to this user", "the rights of deploy/redis/users.acl", """
            The user of the URL may not run a command with which check looks. What it would have told is not known.

            If run has the same user, it lacks rights as well, and waits for Redis instead of evicting.

            Give the user the commands and keys of deploy/redis/users.acl, or let check use the user of run.
            """),
    OLD_REDIS(
            "FR303",
            ERROR,
            "a version of Redis that is too old",
            "Redis 7 or later, or a server compatible with it",
            """
            Freshet's scripts and commands need Redis 7.

            Evictions fail with errors of scripts, and are retried for ever.

            Upgrade Redis.
            """),
    CLUSTER_AS_ONE("FR304", ERROR, "a Redis Cluster that is addressed as one server", "an address of a Cluster", """
            The server is a node of a Cluster, but the address names a single server.

            A single node answers for its own slots alone: evictions of all other keys fail.

            Use the address of a Cluster: docs/configuration.md, "Where Redis is".
            """),
    REPLICA("FR305", ERROR, "a replica in place of the master", "the address of a master, or of Sentinels", """
            The server is a replica. It takes no writes.

            Nothing can be evicted there, and run waits.

            Name the master, or the Sentinels that know it: docs/configuration.md, "Where Redis is".
            """),
    OTHER_OWNER("FR311", ERROR, "the namespace belongs to another invalidator", "a namespace of its own", """
            A namespace has one owner, a slot of a database, which is noted in Redis. This one has another owner than the slot
            that was checked.

            Two invalidators in one namespace would take each other's positions for their own, so readers could be told that
            stale values are fresh. run refuses to start (exit code 5).

            Give the mapping another 'namespace:'. If the owner is gone for good (restored, moved, upgraded, renamed slot),
            start run once with --take-over, which purges the namespace.
            """),
    NO_EVICTION(
            "FR321",
            WARNING,
            "Redis refuses writes once its memory is full",
            "an eviction policy, such as allkeys-lru",
            """
            maxmemory is set, and maxmemory-policy is noeviction: a full Redis refuses writes instead of dropping keys.

            Evictions write fences and the position. Once memory is full run waits (state waiting-for-redis) until there is
            room, and what is cached meanwhile becomes stale for readers of level eventual.

            Set maxmemory-policy to allkeys-lru or the like, if Redis is a cache and nothing else. Any policy will do:
            dropped fences and tags cost fills, never freshness.
            """),
    NO_LIMIT("FR322", NOTE, "Redis has no limit of memory", "maxmemory below the memory of the machine", """
            maxmemory is 0: Redis takes whatever the machine has.

            Nothing for freshness. A cache that is never full by itself may take the machine down.

            Set maxmemory and a maxmemory-policy, unless something else bounds what the application caches.
            """),
    PURGED_KEYS("FR331", NOTE, "keys that a purge would delete", "keys of this application alone", """
            When changes may have been missed, the keys of the namespace are deleted, and the application's own keys that a
            template can have made. They are found by pattern; those that no row can have made are spared. This counts them.

            If other programs keep keys under the same names, a purge deletes these as well. The first start purges.

            Look at the pattern. If it meets keys of others, make the text of the template longer, or keep them in another
            Redis.
            """);

    private final String id;
    private final Severity severity;
    private final Explanation explanation;

    RedisCode(String id, Severity severity, String title, String expected, String text) {
        this.id = id;
        this.severity = severity;
        this.explanation = Explanation.of(title, expected, text);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public Layer layer() {
        return Layer.REDIS;
    }

    @Override
    public Explanation explanation() {
        return explanation;
    }
}
