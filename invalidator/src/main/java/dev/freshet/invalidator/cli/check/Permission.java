// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.support.config.ConfigException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which statements {@code check --apply} may run: those for what Freshet creates itself, and those requested by name.
 */
record Permission(Set<Topic> topics) {
    /** The meaning of {@code --apply} without a value. */
    static final String OWN = "own";

    private static final List<Topic> NAMED =
            List.of(Topic.RIGHTS, Topic.REPLICA_IDENTITY, Topic.PUBLICATION, Topic.SLOT, Topic.WARNINGS);

    Permission {
        topics = Set.copyOf(topics);
    }

    /**
     * @param names as on the command line
     * @param forRole whether a role is set up; then its rights and the replica identities are allowed as well
     */
    static Permission of(List<String> names, boolean forRole) {
        var topics = EnumSet.noneOf(Topic.class);
        if (forRole) {
            topics.add(Topic.RIGHTS);
            topics.add(Topic.REPLICA_IDENTITY);
        }
        for (String name : names) {
            if (!name.equals(OWN)) {
                topics.add(NAMED.stream()
                        .filter(topic -> topic.toString().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> ConfigException.bad("--apply", name, "one or more of " + OWN + ", " + names())));
            }
        }
        return new Permission(topics);
    }

    boolean allows(Shortcoming shortcoming) {
        return shortcoming.automatic() || topics.contains(shortcoming.topic());
    }

    /** Whether some option allows the statements of this topic. */
    static boolean canBeAsked(Topic topic) {
        return NAMED.contains(topic);
    }

    private static String names() {
        return String.join(", ", NAMED.stream().map(Topic::toString).toList());
    }
}
