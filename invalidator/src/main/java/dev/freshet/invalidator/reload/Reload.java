// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.reload;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.invalidator.reload.ReloadOutcome.Kind;
import dev.freshet.invalidator.run.Invalidator;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.meaning.MappingChange;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.support.config.ConfigException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the mapping file again, and hands the new mapping to the invalidator if the file is right, the database has all
 * that it needs, and the cache allows what it evicts. Otherwise the mapping in force stays. Nothing is changed in the
 * database. Thread-safe: one at a time.
 */
public final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Supplier<Mapping> file;
    private final DatabaseNeeds needs;
    private final CacheRights rights;
    private final Invalidator invalidator;
    private final ReentrantLock underWay = new ReentrantLock();
    private final Map<Kind, Counter> outcomes = new EnumMap<>(Kind.class);

    /** @param file reads and parses the file, as at the start */
    public Reload(
            Supplier<Mapping> file,
            DatabaseNeeds needs,
            CacheRights rights,
            Invalidator invalidator,
            MeterRegistry registry) {
        this.file = file;
        this.needs = needs;
        this.rights = rights;
        this.invalidator = invalidator;
        for (Kind kind : Kind.values()) {
            outcomes.put(
                    kind,
                    Counter.builder("freshet.invalidator.reloads")
                            .description("Number of requests to reload the mapping.")
                            .tag("outcome", kind.toString())
                            .register(registry));
        }
    }

    /**
     * Returns as soon as it is decided; the swap follows at the border of a batch. Waits for another request that is under
     * way, which may have read the file before it was written.
     *
     * @param asked who asked, for the log
     */
    public ReloadOutcome run(String asked) {
        underWay.lock();
        try {
            return told(asked, decide());
        } finally {
            underWay.unlock();
        }
    }

    /** The same, but does nothing while another request is under way. */
    ReloadOutcome runUnlessBusy(String asked) {
        if (!underWay.tryLock()) {
            return told(
                    asked, ReloadOutcome.kept(Kind.BUSY, "another reload is under way; ask again when it has ended"));
        }
        try {
            return told(asked, decide());
        } finally {
            underWay.unlock();
        }
    }

    private ReloadOutcome told(String asked, ReloadOutcome outcome) {
        outcomes.get(outcome.kind()).increment();
        if (outcome.kind() == Kind.ACCEPTED || outcome.kind() == Kind.UNCHANGED) {
            LOG.info("{}: {}", asked, outcome.message());
        } else {
            LOG.warn("{}: {}", asked, outcome.message());
        }
        return outcome;
    }

    private ReloadOutcome decide() {
        Mapping next;
        try {
            next = file.get();
        } catch (MappingException | ConfigException e) {
            return ReloadOutcome.kept(Kind.REFUSED, stays("the mapping file is wrong", e.getMessage()));
        }
        Mapping now = invalidator.mapping();
        if (!next.namespace().equals(now.namespace())) {
            return ReloadOutcome.kept(
                    Kind.REFUSED,
                    stays(
                            next.file() + " has namespace '" + next.namespace() + "', expected '" + now.namespace()
                                    + "'",
                            "another namespace is another cache: restart the invalidator for it"));
        }
        Meaning before = Meaning.of(now);
        Meaning after = Meaning.of(next);
        var change = MappingChange.between(before, after);
        if (change.isEmpty()) {
            return ReloadOutcome.kept(Kind.UNCHANGED, next.file() + " means the same as the mapping in force");
        }
        List<Shortcoming> lacking;
        try {
            lacking = needs.of(next);
        } catch (RuntimeException e) {
            return ReloadOutcome.kept(
                    Kind.UNANSWERED, stays("PostgreSQL could not be asked what the new one needs", needs.inWords(e)));
        }
        if (!lacking.isEmpty()) {
            return ReloadOutcome.kept(
                    Kind.REFUSED,
                    stays(
                            "PostgreSQL lacks what " + next.file()
                                    + " needs. Run what stands below, or 'freshet invalidator check --apply' with it,"
                                    + " and reload again",
                            lacking.stream().map(Shortcoming::toString).collect(Collectors.joining("\n"))));
        }
        Optional<ReloadOutcome> refused = refusedByCache(next);
        if (refused.isPresent()) {
            return refused.get();
        }
        invalidator.reload(next);
        return ReloadOutcome.accepted(change, !before.tables().equals(after.tables()));
    }

    /** Asked last: whatever else is wrong, nothing was sent to the cache for it. */
    private Optional<ReloadOutcome> refusedByCache(Mapping next) {
        try {
            return rights.refusal(next)
                    .map(refusal -> ReloadOutcome.kept(
                            Kind.REFUSED,
                            stays(
                                    "Redis does not allow all that " + next.file()
                                            + " evicts. Give its user the right to the keys of the new templates, and the"
                                            + " commands of deploy/redis/users.acl, and reload again",
                                    refusal)));
        } catch (CacheRights.UnansweredException e) {
            return Optional.of(ReloadOutcome.kept(
                    Kind.UNANSWERED, stays("Redis could not be asked whether it allows the new one", e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(ReloadOutcome.kept(
                    Kind.UNANSWERED, stays("Redis could not be asked whether it allows the new one", "interrupted")));
        }
    }

    private static String stays(String why, String details) {
        return "the mapping in force stays: " + why + ":\n" + details;
    }
}
