// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.lab.race.count.ReadCounter;
import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.count.Via;
import dev.freshet.lab.race.history.Demand;
import dev.freshet.lab.race.history.Judge;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.history.Reading;
import dev.freshet.lab.race.history.RunClock;
import dev.freshet.lab.race.history.Session;
import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.redis.PositionWatch;
import dev.freshet.lab.race.redis.RedisDisturbance;
import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.ConsistencyLevel;
import dev.freshet.lab.race.source.ReadFailedException;
import dev.freshet.lab.race.source.RequestedConsistency;
import dev.freshet.lab.race.source.StalenessBound;
import dev.freshet.lab.race.source.ViewSource;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.ViewParser;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one view after the other and has each answer judged. One thread runs it. */
public final class Reader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final List<Duration> AGES =
            List.of(Duration.ofMillis(100), Duration.ofMillis(1200), Duration.ofSeconds(2), Duration.ofSeconds(5));
    /** For the baseline that only uses expiry: the age beyond which an answer counts as wrong. */
    public static final Duration TTL_ONLY_AGE = Duration.ofSeconds(1);

    /**
     * Average number of reads per session. A session that has just loaded demands the end of the WAL, so the cache is
     * behind it for a while.
     */
    private static final int SESSION_READS = 40;

    private static final int PAUSE_AFTER_FAILURE_MILLIS = 20;

    private final ReaderContext context;
    private final ViewSource source;
    private final Protocol protocol;
    private final Via via;
    private final Random random;
    private final ViewPicker picker;
    private final ViewParser parser;
    private final Session session;
    private final BooleanSupplier goOn;
    private final Judge judge = new Judge();

    Reader(ReaderContext context, ViewSource source, Protocol protocol, Via via, Random random, BooleanSupplier goOn) {
        this.context = context;
        this.source = source;
        this.protocol = protocol;
        this.via = via;
        this.random = random;
        this.picker = new ViewPicker(context.world(), random);
        this.parser = new ViewParser(context.world());
        this.session = new Session(context.world().rows().size());
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try {
            while (goOn.getAsBoolean()) {
                if (random.nextInt(SESSION_READS) == 0) {
                    session.restart();
                }
                next(picker.next());
                think();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    private void think() throws InterruptedException {
        if (context.thinkMillis() > 0) {
            Thread.sleep(random.nextInt(2 * context.thinkMillis() + 1));
        }
    }

    private void next(View view) throws InterruptedException {
        var requested = requested(view);
        var sample = context.watch().latest();
        long asked = RunClock.now();
        Answer answer;
        try {
            answer = source.read(view, requested);
        } catch (ReadFailedException e) {
            LOG.debug("{}: {}", view, e.toString());
            counter(requested).countFailed();
            Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
            return;
        }
        long started = Math.max(asked, answer.started());
        long ended = Math.min(RunClock.now(), answer.ended());
        if (isEvictedByPosition() && requested.level() == ConsistencyLevel.EVENTUAL) {
            sample = published(sample, answer, started);
            if (sample.position() == 0) {
                counter(requested).countUnjudged();
            }
        }
        judge(view, requested, answer, started, ended, demand(requested, answer, sample, started));
    }

    /** What had been published when the read began, or as long before as memory may lag; nothing if that does not count. */
    private PositionWatch.Sample published(PositionWatch.Sample before, Answer answer, long started) {
        var then = context.watch().by(started - StalenessBound.of(answer).toNanos());
        boolean older = !answer.isFromMemory() && Long.compareUnsigned(then.position(), before.position()) < 0;
        var sample = older ? before : then;
        return binds(sample) ? sample : PositionWatch.Sample.NOTHING;
    }

    /** Whether the published position tells what has been evicted. */
    private boolean isEvictedByPosition() {
        return protocol == Protocol.FRESHET || protocol == Protocol.PLAIN;
    }

    /** Whether a sample still counts: Redis has not been disturbed since. */
    private boolean binds(PositionWatch.Sample sample) {
        return RedisDisturbance.isUndisturbed(sample.epoch())
                && sample.epoch() == context.disturbance().epoch();
    }

    private void judge(
            View view, RequestedConsistency requested, Answer answer, long started, long ended, Demand demand) {
        var reading = new Reading(started, ended, demand, parser.observations(view, answer.json()));
        boolean forward = requested.level() == ConsistencyLevel.SESSION || requested.level() == ConsistencyLevel.STRONG;
        // Without a position the client cannot ask for what it was shown, so the session is not used.
        var verdict = judge.judge(reading, answer.position() == 0 ? null : session, forward);
        session.saw(answer.position());
        counter(requested).checked(answer.status(), verdict);
        if (verdict.isWrong()) {
            context.counters().violationLog().record(protocol, requested, view, answer, reading, verdict, via.label());
        }
        if (protocol == Protocol.FRESHET
                && via != Via.HTTP
                && context.overEvictions().isOverEviction(view, answer, started, ended)) {
            context.counters().overEvicted();
        }
    }

    private ReadCounter counter(RequestedConsistency requested) {
        return context.counters().of(new ReadCounters.Group(protocol, requested.level(), via));
    }

    private RequestedConsistency requested(View view) {
        if (protocol == Protocol.TTL_ONLY) {
            return RequestedConsistency.bounded(TTL_ONLY_AGE);
        }
        if (protocol != Protocol.FRESHET) {
            return RequestedConsistency.EVENTUAL;
        }
        return switch (context.levels().draw(random)) {
            case EVENTUAL -> RequestedConsistency.EVENTUAL;
            case BOUNDED -> RequestedConsistency.bounded(AGES.get(random.nextInt(AGES.size())));
            case STRONG -> RequestedConsistency.STRONG;
            case SESSION -> {
                if (random.nextInt(4) == 0) {
                    // Pretends that this client made the newest write of the row that it is about to read.
                    sawNewest(view);
                }
                yield RequestedConsistency.session(session.position());
            }
        };
    }

    private void sawNewest(View view) {
        var history = view.row().history();
        var write = history.get(history.size() - 1).write();
        if (write.outcome() == Write.Outcome.COMMITTED) {
            session.saw(write.position());
        }
    }

    private Demand demand(RequestedConsistency requested, Answer answer, PositionWatch.Sample sample, long started) {
        return switch (protocol) {
            case FRESHET ->
                switch (requested.level()) {
                    case EVENTUAL -> Demand.upTo(sample.position());
                    case BOUNDED ->
                        Demand.acknowledgedBefore(started - requested.maxAge().toNanos());
                    case SESSION ->
                        answer.isFromCache()
                                ? Demand.upTo(requested.position())
                                : Demand.upToAndAcknowledgedBefore(requested.position(), started);
                    case STRONG -> Demand.acknowledgedBefore(started);
                };
            case PLAIN -> Demand.upTo(sample.position());
            case CACHE_ASIDE, LEASE_ONLY -> Demand.invalidatedBefore(protocol, started);
            case TTL_ONLY -> Demand.acknowledgedBefore(started - TTL_ONLY_AGE.toNanos());
        };
    }
}
