// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Standing;
import dev.freshet.invalidator.run.source.ServerQueries;
import dev.freshet.invalidator.run.source.Time;
import dev.freshet.model.finding.RedisCode;
import dev.freshet.model.meaning.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One namespace has one owner: a slot of a database. Settled before anything is made, mended, withdrawn or purged. */
public final class Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int LOOKS = 15;

    private final Meaning mapping;
    private final String slot;
    private final Cache cache;
    private final Time time;
    private boolean mayTakeOver;

    /**
     * @param mapping its namespace is claimed
     * @param mayTakeOver whether the namespace may be taken from another owner, until {@link #settle}
     */
    public Ownership(Meaning mapping, String slot, Cache cache, Time time, boolean mayTakeOver) {
        this.mapping = mapping;
        this.slot = slot;
        this.cache = cache;
        this.time = time;
        this.mayTakeOver = mayTakeOver;
    }

    /** The same for another mapping. What is settled stays so. */
    public Ownership with(Meaning other) {
        return new Ownership(other, slot, cache, time, mayTakeOver);
    }

    /**
     * From now on nobody who began earlier can publish.
     *
     * @throws RefusedException if the namespace is another's
     */
    void claim(ServerQueries source) throws InterruptedException {
        var own = new Owner(source.systemIdentifier(), source.database(), slot);
        while (!claim(own)) {
            LOG.debug("another instance started at the same time");
        }
    }

    /** From now on nothing is taken over: an instance that another one has taken over from since must not take back. */
    public void settle() {
        mayTakeOver = false;
    }

    private boolean claim(Owner own) throws InterruptedException {
        Masters masters = cache.masters();
        Optional<Owner> other =
                masters.owners().stream().filter(owner -> !owner.isSame(own)).findFirst();
        if (other.isPresent()) {
            if (!mayTakeOver) {
                throw new RefusedException(RedisCode.OTHER_OWNER, refusal(own, other.get(), masters));
            }
            LOG.warn("taking namespace {} over from {}", namespace(), other.get());
        }
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, time.now());
        var claim = new Claim(Math.max(masters.claim() + 1, now), mapping.text());
        return cache.claim(claim, own, other.isPresent());
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
            time.sleep(LOOK);
            if (!publishedAt(cache.masters()).equals(then)) {
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
        return mapping.namespace();
    }
}
