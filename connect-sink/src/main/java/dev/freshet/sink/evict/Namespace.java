// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.SupersededException;
import dev.freshet.core.pipeline.FormerMapping;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Lsn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in Redis who evicts in the namespace, and which tags; and notices when Redis has lost evictions.
 *
 * <p>The position that it publishes is {@code 0/0}, without the time at which it held. That is true of any database, and
 * proves nothing: a reader that asks for a bound or a session is answered from the database. Several tasks work in one
 * namespace, each for itself. Whichever finds something amiss mends it, and what two mend at once is mended twice. One
 * thread.
 */
public final class Namespace {
    private static final Logger LOG = LoggerFactory.getLogger(Namespace.class);
    private static final int ATTEMPTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** In place of a publication: changes come from topics. */
    private static final String TOPICS = "topics";

    private final Cache cache;
    private final Database database;
    private final Meaning mapping;
    private final WholeNamespace whole;
    private final String connector;
    private final Clock clock;
    /** Whether another mapping than this one's, if it is found, is a former one. */
    private boolean first;

    private boolean takeOver;
    private Masters known;
    /** Since when the position is withdrawn by somebody else; null if it is not. */
    private Instant withdrawnSince;

    private ServerIdentity server;

    /**
     * @param first whether this task has not worked in the namespace before. If it has, another mapping that it finds there
     *     is a later one
     * @param takeOver whether the namespace may be taken from another owner, once
     */
    public Namespace(
            Cache cache,
            Database database,
            Meaning mapping,
            WholeNamespace whole,
            String connector,
            boolean first,
            boolean takeOver,
            Clock clock) {
        this.cache = cache;
        this.database = database;
        this.mapping = mapping;
        this.whole = whole;
        this.connector = connector;
        this.first = first;
        this.takeOver = takeOver;
        this.clock = clock;
    }

    /**
     * Makes the namespace this connector's, and right: what may be stale is evicted first, and the contract follows.
     *
     * @throws RefusedStartException if the namespace is another's
     */
    public void prepare() throws InterruptedException {
        settle(Optional.empty());
    }

    /**
     * Confirms, after evictions, that all of them were made where readers will look, and by the mapping that readers go by.
     *
     * @throws RefusedStartException if the namespace is another's by now, or is evicted by another mapping
     * @throws BusyException if another task is about to change the mapping: until it has, nothing that was evicted by the
     *     former one counts
     */
    public void confirm() throws InterruptedException {
        Masters now = cache.masters();
        requireOwn(now);
        requireSameMapping(now);
        ServerIdentity present = database.server();
        if (!identities(now).equals(identities(known))) {
            settle(Optional.of("Redis was restarted or failed over, and may have lost evictions"));
        } else if (!Evicted.isSameHistory(present, server)) {
            settle(Optional.of("the database was promoted, restored or replaced: timeline " + present.timeline()
                    + ", was " + server.timeline()));
        } else if (now.holders().isEmpty()) {
            // Redis was emptied, or dropped the hash. The same masters, so no entry that was evicted can be back.
            settle(Optional.empty(), true);
        } else if (now.position().isEmpty()) {
            awaitOther();
        } else {
            withdrawnSince = null;
        }
    }

    /** Another task has withdrawn the position, and publishes it again when it has evicted; unless it was killed. */
    private void awaitOther() throws InterruptedException {
        Instant now = clock.instant();
        withdrawnSince = withdrawnSince == null ? now : withdrawnSince;
        if (withdrawnSince.plus(PATIENCE).isAfter(now)) {
            throw new BusyException("another task is making the namespace right");
        }
        withdrawnSince = null;
        settle(Optional.empty());
    }

    private void settle(Optional<String> loss) throws InterruptedException {
        settle(loss, false);
    }

    private void settle(Optional<String> loss, boolean forgotten) throws InterruptedException {
        Optional<String> lost = loss;
        Evicted evicted = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            server = database.server();
            Masters masters = cache.masters();
            boolean taking = isOthers(masters) && takeOver;
            if (!taking) {
                requireOwn(masters);
                requireSameMapping(masters);
            }
            FormerMapping former = FormerMapping.read(cache, masters, mapping);
            var contract = new Contract("connector " + connector, mapping.hash(), database.coverage());
            if (evicted != null
                    && evicted.whole()
                    && identities(evicted.masters()).equals(identities(masters))) {
                // Who was quicker to publish has not undone this.
                lost = Optional.empty();
            }
            Optional<String> why = lost.or(() -> forgotten ? Optional.empty() : gap(masters, former));
            if (why.isEmpty() && former.isSame() && stands(masters, contract)) {
                prepared(masters);
                return;
            }
            if (!claim(masters, taking)) {
                continue;
            }
            // Tasks that start together claim in turn: if each evicted again then, none would end.
            if (evicted == null || !evicted.stillCounts(server, masters)) {
                if (!evict(former, why)) {
                    continue;
                }
                if (why.isPresent() || !former.isSame()) {
                    evicted = new Evicted(why.isPresent(), server, masters);
                }
            }
            if (publish(masters, contract, why.isPresent())) {
                prepared(masters);
                return;
            }
        }
        throw new BusyException("other tasks went on claiming namespace " + mapping.namespace()
                + " in Redis; is it another connector with the same name?");
    }

    /** Returns false if another task was quicker. */
    private boolean claim(Masters masters, boolean taking) throws InterruptedException {
        long number = Math.max(masters.claim() + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        boolean claimed = cache.claim(new Claim(number, mapping.text()), owner(), taking);
        takeOver &= !(claimed && taking);
        return claimed;
    }

    private void prepared(Masters masters) {
        known = masters;
        first = false;
    }

    /**
     * The position is withdrawn first. If this task is killed before it publishes, the next one evicts everything; and
     * tasks that work by the former mapping finish nothing from here on, so what is evicted covers all that they did.
     *
     * @return false if another task has begun
     */
    private boolean evict(FormerMapping former, Optional<String> why) throws InterruptedException {
        if (why.isEmpty() && former.isSame()) {
            return true;
        }
        try {
            cache.withdraw();
        } catch (SupersededException e) {
            return false;
        }
        if (why.isPresent()) {
            whole.evict(why.get(), former);
        } else {
            LOG.warn("evicting what differs: {}", former.told());
            cache.recognise(database.patterns(former.keyRules()));
            cache.evict(former.evictions());
        }
        return true;
    }

    /** Returns false if Redis failed over meanwhile, or another task has begun. */
    private boolean publish(Masters masters, Contract contract, boolean purged) throws InterruptedException {
        try {
            return cache.publish(position(masters, contract, purged), masters, null);
        } catch (SupersededException e) {
            LOG.debug("another task has begun: {}", e.getMessage());
            return false;
        }
    }

    private Position position(Masters masters, Contract contract, boolean purged) {
        long epoch = masters.holders().stream()
                .mapToLong(holder -> holder.origin().epoch())
                .max()
                .orElse(0);
        var origin = new Position.Origin(
                server.systemIdentifier(), server.timeline(), database.name(), owner().slot(), TOPICS, epoch);
        Instant now = clock.instant();
        return new Position(purged ? origin.nextEpoch(now) : origin, contract, Lsn.ZERO, Instant.EPOCH, now);
    }

    private Optional<String> gap(Masters masters, FormerMapping former) {
        Optional<Position> position = masters.position();
        if (position.isEmpty()) {
            return Optional.of("Redis does not say who evicted in the namespace: it is new, was emptied, or a purge was"
                    + " interrupted");
        }
        Position.Origin origin = position.get().origin();
        if (!origin.systemIdentifier().equals(server.systemIdentifier())
                || origin.timeline() != server.timeline()
                || !origin.database().equals(database.name())) {
            return Optional.of("what is cached is of another database, or of another history of this one");
        }
        if (!masters.publishedHere()) {
            return Optional.of("Redis was restarted or failed over while no task looked");
        }
        return former.gap().map(gap -> gap.why());
    }

    /** Whether nothing needs to be written: most tasks start where others have been. */
    private static boolean stands(Masters masters, Contract contract) {
        return masters.holders().stream().allMatch(holder -> holder.contract().equals(contract));
    }

    private void requireOwn(Masters masters) {
        if (isOthers(masters)) {
            throw new RefusedStartException("namespace " + mapping.namespace() + " in Redis belongs to "
                    + masters.owners().get(0) + "; this connector works on " + owner()
                    + ". Expected a namespace of its own: give it another name with 'namespace:' in the mapping. If the"
                    + " other is gone for good, set take.over to true for one start: the namespace is purged then");
        }
    }

    private void requireSameMapping(Masters masters) {
        boolean another = masters.all().stream()
                .map(master -> master.standing().mapping())
                .anyMatch(hash -> hash != null && !hash.equals(mapping.hash()));
        if (another && !first) {
            throw new RefusedStartException(
                    "namespace " + mapping.namespace() + " is evicted by another mapping by now: this"
                            + " task has that of a former configuration of connector " + connector
                            + ". Expected Connect to end it; if it does not, restart the task");
        }
    }

    private boolean isOthers(Masters masters) {
        Owner own = owner();
        return masters.owners().stream().anyMatch(owner -> !owner.isSame(own));
    }

    private Owner owner() {
        return Owner.connector(server.systemIdentifier(), database.name(), connector);
    }

    private static Map<String, List<String>> identities(Masters masters) {
        return masters.all().stream()
                .collect(Collectors.groupingBy(Master::key, Collectors.mapping(Master::identity, Collectors.toList())));
    }
}
