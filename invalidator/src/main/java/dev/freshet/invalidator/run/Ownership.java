// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Standing;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One namespace has one owner: a slot of a database. Settled before anything is made, mended, withdrawn or purged. */
final class Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final long LOOK_MILLIS = 200;
    private static final int LOOKS = 15;

    private final RunSettings settings;
    private final RunParts parts;
    private final Connection control;

    Ownership(RunSettings settings, RunParts parts, Connection control) {
        this.settings = settings;
        this.parts = parts;
        this.control = control;
    }

    /**
     * From now on nobody who began earlier can publish.
     *
     * @throws RefusedException if the namespace is another's
     */
    void claim() throws SQLException, InterruptedException {
        var own = new Owner(
                JdbcServerIdentity.systemIdentifier(control), JdbcServerIdentity.database(control), settings.slot());
        while (!claim(own)) {
            LOG.debug("another instance started at the same time");
        }
    }

    private boolean claim(Owner own) throws InterruptedException {
        Masters masters = parts.cache().masters();
        Optional<Owner> other =
                masters.owners().stream().filter(owner -> !owner.isSame(own)).findFirst();
        if (other.isPresent()) {
            if (!parts.takeOver().get()) {
                throw new RefusedException(refusal(own, other.get(), masters));
            }
            LOG.warn("taking namespace {} over from {}", namespace(), other.get());
        }
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, parts.clock().instant());
        var claim =
                new Claim(Math.max(masters.claim() + 1, now), settings.meaning().text());
        return parts.cache().claim(claim, own, other.isPresent());
    }

    private String refusal(Owner own, Owner other, Masters masters) throws InterruptedException {
        String process = masters.all().stream()
                .map(master -> master.standing().process())
                .filter(Objects::nonNull)
                .findFirst()
                .map(name -> ", process " + name)
                .orElse("");
        return "namespace " + namespace() + " in Redis belongs to " + other + process + ", which "
                + (isAlive(masters) ? "is publishing there right now" : "published nothing for 3 s" + last(masters))
                + "; this instance works on " + own + ". Nothing was changed. Expected a separate namespace: give it"
                + " another name with 'namespace:' in the mapping. If the other is gone for good (its database was"
                + " restored, moved or upgraded, or its slot was renamed), or should end, start this one once with"
                + " --take-over: it purges the namespace, and the other one ends";
    }

    /** Whether a position is published while it is looked. */
    private boolean isAlive(Masters before) throws InterruptedException {
        List<String> then = publishedAt(before);
        for (int i = 0; i < LOOKS; i++) {
            Thread.sleep(LOOK_MILLIS);
            if (!publishedAt(parts.cache().masters()).equals(then)) {
                return true;
            }
        }
        return false;
    }

    private static String last(Masters masters) {
        return masters.all().stream()
                .map(master -> master.standing().publishedAt())
                .filter(at -> at != null && at.matches("[0-9]{1,18}"))
                .map(at -> " (the last time at " + Instant.EPOCH.plus(Long.parseLong(at), ChronoUnit.MICROS) + ")")
                .findFirst()
                .orElse("");
    }

    private static List<String> publishedAt(Masters masters) {
        return masters.all().stream()
                .map(master -> master.standing())
                .map(Standing::publishedAt)
                .map(String::valueOf)
                .toList();
    }

    private String namespace() {
        return settings.mapping().namespace();
    }
}
