// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.inspect;

import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.redis.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reply to INFO of one server, whose lines are {@code name:value}. */
final class MasterInfo {
    private static final int OLDEST = 7;

    private final Map<String, String> fields = new HashMap<>();

    MasterInfo(String reply) {
        reply.lines()
                .map(line -> line.split(":", 2))
                .filter(line -> line.length == 2)
                .forEach(line -> fields.put(line[0], line[1].strip()));
    }

    /**
     * What is wrong with the server.
     *
     * @param server its address, for people
     * @param topology as which it was addressed
     */
    List<Finding> findings(String server, Topology topology) {
        var found = new ArrayList<Finding>();
        String version = fields.getOrDefault("redis_version", "");
        if (version.matches("[0-9]+\\..*") && Integer.parseInt(version.substring(0, version.indexOf('.'))) < OLDEST) {
            found.add(Finding.of(
                    RedisCode.OLD_REDIS,
                    Place.of(Kind.SERVER, server),
                    "Redis at " + server + " is " + version + "; expected " + OLDEST + " or later"));
        }
        if ("1".equals(fields.get("cluster_enabled")) && topology != Topology.CLUSTER) {
            found.add(Finding.of(
                    RedisCode.CLUSTER_AS_ONE,
                    Place.of(Kind.SERVER, server),
                    "Redis at " + server + " is a node of a Cluster; expected the address of a Cluster"));
        }
        if ("slave".equals(fields.get("role"))) {
            found.add(Finding.of(
                    RedisCode.REPLICA,
                    Place.of(Kind.SERVER, server),
                    "Redis at " + server + " is a replica of " + fields.get("master_host") + ":"
                            + fields.get("master_port") + "; expected a master"));
        }
        memory(server, found);
        return found;
    }

    private void memory(String server, List<Finding> found) {
        String limit = fields.getOrDefault("maxmemory", "");
        if (limit.equals("0")) {
            found.add(Finding.of(
                    RedisCode.NO_LIMIT,
                    Place.of(Kind.SETTING, "maxmemory"),
                    "Redis at " + server + " has maxmemory 0, which is no limit"));
        } else if (!limit.isEmpty() && "noeviction".equals(fields.get("maxmemory_policy"))) {
            found.add(Finding.of(
                    RedisCode.NO_EVICTION,
                    Place.of(Kind.SETTING, "maxmemory-policy"),
                    "Redis at " + server + " has maxmemory " + limit
                            + " with maxmemory-policy noeviction: once it is full,"
                            + " evictions wait; expected a policy that drops keys, such as allkeys-lru",
                    "CONFIG SET maxmemory-policy allkeys-lru"));
        }
    }
}
