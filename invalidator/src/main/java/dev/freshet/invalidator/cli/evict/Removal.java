// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.invalidator.cli.ProgressLine;
import dev.freshet.invalidator.cli.evict.Wanted.RefusedException;
import dev.freshet.invalidator.cli.servers.Confirmation;
import dev.freshet.invalidator.cli.servers.PatientCache;
import dev.freshet.invalidator.cli.servers.ServerOptions;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.redis.cache.KeyCensus;
import dev.freshet.redis.cache.KeyProbe;
import dev.freshet.support.config.redis.RedisSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/**
 * Counts, asks, and evicts by the scripts that the running invalidator uses: tags are fenced before what is under them is
 * deleted. So it may run at any time, beside an invalidator and its readers, and an eviction that breaks off in the middle
 * does no harm.
 */
final class Removal {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerOptions servers;
    private final Mapping mapping;
    private final KeyPatterns patterns;
    private final Optional<Owner> own;
    private final Confirmation confirmation;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param patterns the keys that templates can have made; others are spared
     * @param own who owns the namespace if it belongs to the database that was asked; the slot is not compared. Empty if
     *     no database was asked
     */
    Removal(
            ServerOptions servers,
            Mapping mapping,
            KeyPatterns patterns,
            Optional<Owner> own,
            Confirmation confirmation,
            PrintWriter out,
            PrintWriter err) {
        this.servers = servers;
        this.mapping = mapping;
        this.patterns = patterns;
        this.own = own;
        this.confirmation = confirmation;
        this.out = out;
        this.err = err;
    }

    /** Evicts. Returns the exit code. */
    int evict(Wanted wanted) throws RefusedException, InterruptedException {
        if (wanted.evictions().isEmpty()) {
            out.println("The mapping says that nothing is computed from it; nothing to evict.");
            out.flush();
            return ExitCode.OK;
        }
        wanted.why().forEach(out::println);
        return run(census -> census.of(wanted.evictions()), "Evict this", cache -> {
            EvictionReport report = cache.evict(wanted.evictions());
            return "evicted " + entries(report.entries()) + " and " + Counted.of(report.keys(), "key");
        });
    }

    /**
     * Empties the namespace, and deletes the keys of all templates. The position stays: all that it covers is evicted,
     * with the rest.
     */
    int purge(List<String> globs) throws RefusedException, InterruptedException {
        return run(census -> census.ofAll(globs), "Delete all of this", cache -> {
            var gone = new long[1];
            cache.purge(globs, (fenceSets, keys) -> gone[0] = keys);
            return "deleted " + Counted.of(gone[0], "key");
        });
    }

    @FunctionalInterface
    private interface Count {
        List<String> lines(Census census) throws KeyProbe.UnavailableException, InterruptedException;
    }

    @FunctionalInterface
    private interface Work {
        String done(Evictor cache) throws InterruptedException;
    }

    private int run(Count count, String question, Work work) throws RefusedException, InterruptedException {
        RedisSettings redis =
                servers.redis().orElseThrow(() -> new RefusedException("no Redis is named; expected --redis-url URL"));
        var progress = new ProgressLine(err, System.console() != null, System::nanoTime);
        var census = new Census(redis, new CacheKeys(mapping.namespace()), patterns, progress);
        EvictorSettings settings = servers.redis(mapping.namespace()).orElseThrow();
        try (var cache = new Evictor(settings, new SimpleMeterRegistry())) {
            mine(new PatientCache(cache, settings.address(), PATIENCE).ask(cache::masters));
            count.lines(census).forEach(out::println);
            out.flush();
            if (!confirmation.given(question, err)) {
                return ExitCode.SOFTWARE;
            }
            cache.recognise(patterns);
            out.println(work.done(cache));
            out.flush();
            return ExitCode.OK;
        } catch (PatientCache.UnavailableException | KeyProbe.UnavailableException | KeyCensus.UnavailableException e) {
            err.println("could not ask Redis: " + e.getMessage());
            err.flush();
            return ExitCode.SOFTWARE;
        }
    }

    /** The namespace of another application is left alone: two may have the usual name. */
    private void mine(Masters masters) throws RefusedException {
        if (own.isEmpty()) {
            return;
        }
        for (Owner owner : masters.owners()) {
            boolean same = new Owner(own.get().system(), own.get().database(), owner.slot()).isSame(owner);
            if (!same) {
                throw new RefusedException("namespace " + mapping.namespace() + " in this Redis belongs to " + owner
                        + ", not to database " + own.get().database() + " (system identifier "
                        + own.get().system()
                        + "); nothing was deleted. Expected the Redis and the mapping of this database");
            }
        }
    }

    private static String entries(long number) {
        return number == 1 ? "1 entry" : number + " entries";
    }
}
