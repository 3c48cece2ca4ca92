// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.bench.history.Demand;
import dev.freshet.bench.history.Judge;
import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.history.Reading;
import dev.freshet.bench.history.Session;
import dev.freshet.bench.history.Ticks;
import dev.freshet.bench.history.Write;
import dev.freshet.bench.world.Values;
import dev.freshet.bench.world.View;
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

    private final ReaderTools tools;
    private final Source source;
    private final Protocol protocol;
    private final boolean http;
    private final Random random;
    private final Views views;
    private final Values values;
    private final Session session;
    private final BooleanSupplier goOn;
    private final Judge judge = new Judge();

    Reader(ReaderTools tools, Source source, Protocol protocol, boolean http, Random random, BooleanSupplier goOn) {
        this.tools = tools;
        this.source = source;
        this.protocol = protocol;
        this.http = http;
        this.random = random;
        this.views = new Views(tools.world(), random);
        this.values = new Values(tools.world());
        this.session = new Session(tools.world().rows().size());
        this.goOn = goOn;
    }

    @Override
    public void run() {
        try {
            while (goOn.getAsBoolean()) {
                if (random.nextInt(SESSION_READS) == 0) {
                    session.restart();
                }
                next(views.next());
                think();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            source.close();
        }
    }

    private void think() throws InterruptedException {
        if (tools.thinkMillis() > 0) {
            Thread.sleep(random.nextInt(2 * tools.thinkMillis() + 1));
        }
    }

    private void next(View view) throws InterruptedException {
        var ask = ask(view);
        var sample = tools.watch().latest();
        long started = Ticks.now();
        Answer answer;
        try {
            answer = source.read(view, ask);
        } catch (ReadFailedException e) {
            LOG.debug("{}: {}", view, e.toString());
            tally(ask).countFailed();
            Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
            return;
        }
        long ended = Ticks.now();
        if (isEvictedByPosition() && ask.level() == Level.EVENTUAL) {
            if (answer.isFromMemory()) {
                sample = tools.watch().by(started - Staleness.of(answer).toNanos());
            }
            sample = binds(sample) ? sample : PositionWatch.Sample.NOTHING;
            if (sample.position() == 0) {
                tally(ask).countUnjudged();
            }
        }
        judge(view, ask, answer, started, ended, demand(ask, answer, sample, started));
    }

    /** Whether the published position tells what has been evicted. */
    private boolean isEvictedByPosition() {
        return protocol == Protocol.FRESHET || protocol == Protocol.PLAIN;
    }

    /** Whether a sample still counts: Redis has not been disturbed since. */
    private boolean binds(PositionWatch.Sample sample) {
        return Calm.isCalm(sample.turn()) && sample.turn() == tools.calm().turn();
    }

    private void judge(View view, Ask ask, Answer answer, long started, long ended, Demand demand) {
        var reading = new Reading(started, ended, demand, values.glimpses(view, answer.json()));
        boolean forward = ask.level() == Level.SESSION || ask.level() == Level.STRONG;
        // Without a position the client cannot ask for what it was shown, so the session is not used.
        var verdict = judge.judge(reading, answer.position() == 0 ? null : session, forward);
        session.saw(answer.position());
        tally(ask).checked(answer.status(), verdict);
        if (verdict.isWrong()) {
            tools.tallies().witness().saw(protocol, ask, view, answer, reading, verdict, http ? "over HTTP" : "here");
        }
        if (protocol == Protocol.FRESHET && !http && tools.stored().inVain(view, answer, started, ended)) {
            tools.tallies().overEvicted();
        }
    }

    private Tally tally(Ask ask) {
        return tools.tallies().of(new Tallies.Group(protocol, ask.level(), http));
    }

    private Ask ask(View view) {
        if (protocol == Protocol.TTL_ONLY) {
            return Ask.bounded(TTL_ONLY_AGE);
        }
        if (protocol != Protocol.FRESHET) {
            return Ask.EVENTUAL;
        }
        return switch (tools.levels().draw(random)) {
            case EVENTUAL -> Ask.EVENTUAL;
            case BOUNDED -> Ask.bounded(AGES.get(random.nextInt(AGES.size())));
            case STRONG -> Ask.STRONG;
            case SESSION -> {
                if (random.nextInt(4) == 0) {
                    // Pretends that this client made the newest write of the row that it is about to read.
                    sawNewest(view);
                }
                yield Ask.session(session.position());
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

    private Demand demand(Ask ask, Answer answer, PositionWatch.Sample sample, long started) {
        return switch (protocol) {
            case FRESHET ->
                switch (ask.level()) {
                    case EVENTUAL -> Demand.upTo(sample.position());
                    case BOUNDED ->
                        Demand.acknowledgedBefore(started - ask.maxAge().toNanos());
                    case SESSION ->
                        answer.isFromCache()
                                ? Demand.upTo(ask.position())
                                : Demand.upToAndAcknowledgedBefore(ask.position(), started);
                    case STRONG -> Demand.acknowledgedBefore(started);
                };
            case PLAIN -> Demand.upTo(sample.position());
            case CACHE_ASIDE, LEASE_ONLY -> Demand.invalidatedBefore(protocol, started);
            case TTL_ONLY -> Demand.acknowledgedBefore(started - TTL_ONLY_AGE.toNanos());
        };
    }
}
