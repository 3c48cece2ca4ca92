// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.flight.LeaseWaits;
import dev.freshet.cache.load.LimitedLoads;
import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.Demand;
import dev.freshet.cache.store.EntryAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One read of one entry: from Redis, or from a load that others share. It runs once, in the thread that asks or without one
 * that waits. Used by one thread at a time.
 *
 * @param <X> what the loader may throw
 */
public final class SingleRead<X extends Exception> {
    private final ReadThrough reads;
    private final Asking asking;
    private final EntryAddress entry;
    private final Demand demand;
    private final boolean eventual;
    private final Load<X> load;
    private final boolean partOfLoad = LimitedLoads.isUnderWay();
    private final long arrival;
    private final LeaseWaits.Wait wait;
    private Question question;
    private boolean askedTwice;
    private boolean leasing = true;

    /** After a step: an answer, a load to wait for, or neither if Redis must be asked again. */
    private record Step(Answer answer, Flight<Answer> standing) {
        static final Step AGAIN = new Step(null, null);
    }

    SingleRead(ReadThrough reads, EntryAddress entry, Demand demand, boolean eventual, Load<X> load) {
        this.reads = reads;
        this.asking = reads.asking();
        this.entry = entry;
        this.demand = demand;
        this.eventual = eventual;
        this.load = load;
        this.arrival = reads.ticket();
        this.wait = asking.leaseWait();
    }

    /** Answers. If the load fails, what was kept may be the answer. */
    public Answer run() throws X, InterruptedException {
        try {
            question = asking.ask(entry, demand, leasing);
            while (true) {
                Answer found = found();
                if (found != null) {
                    return found;
                }
                Question former = question;
                question = asking.ask(entry, demand, leasing);
                former.close();
            }
        } catch (Exception failure) {
            Answer stale = stale(failure);
            if (stale == null) {
                throw failure;
            }
            return stale;
        } finally {
            end();
        }
    }

    /** Null if Redis must be asked again. */
    private Answer found() throws X, InterruptedException {
        if (question.isHit()) {
            return asking.hit(question);
        }
        if (question.begun().isLeased()) {
            leasing = asking.goesOn(wait, entry);
            return null;
        }
        Step step = step();
        return step.standing == null ? step.answer : shared(step.standing.<X>await(arrival, eventual));
    }

    /** As {@link #run()}, without a thread that waits: the executor runs the load alone. */
    public CompletableFuture<Answer> run(Executor executor) {
        var answer = ask().thenCompose(asked -> goOn(executor));
        return Later.otherwise(answer, this::stale).whenComplete((found, failure) -> end());
    }

    /** The next question. A lease of the former one is the next one's, too: it is not given back in between. */
    private CompletableFuture<Void> ask() {
        return asking.askAll(List.of(entry), demand, leasing).thenAccept(asked -> {
            Question former = question;
            question = asked.get(entry);
            if (former != null) {
                former.close();
            }
        });
    }

    private CompletableFuture<Answer> goOn(Executor executor) {
        if (question.isHit()) {
            return Later.in(Later.SHORT, () -> asking.hit(question));
        }
        if (question.begun().isLeased()) {
            var pause = asking.next(wait, entry);
            leasing = pause.isPresent();
            return pause.orElseGet(() -> CompletableFuture.completedFuture(null))
                    .thenCompose(over -> askAgain(executor));
        }
        return Later.in(executor, this::step).thenCompose(step -> {
            if (step.standing == null) {
                return step.answer == null ? askAgain(executor) : CompletableFuture.completedFuture(step.answer);
            }
            return step.standing
                    .share(arrival, eventual)
                    .thenCompose(shared ->
                            shared(shared) == null ? askAgain(executor) : CompletableFuture.completedFuture(shared));
        });
    }

    private CompletableFuture<Answer> askAgain(Executor executor) {
        return ask().thenCompose(asked -> goOn(executor));
    }

    /** What comes after a miss: a load of this read, or one that it may share. */
    private Step step() throws X, InterruptedException {
        String name = entry.name();
        BeginReply begun = question.begun();
        wait.end();
        if (begun == BeginReply.WITHOUT_REDIS) {
            // What is loaded now is not stored: nobody gains by waiting for it.
            question.close();
            Answer found = partOfLoad ? null : asking.withoutRedis(entry, demand);
            if (found != null) {
                return new Step(found, null);
            }
        }
        var mine = new Flight<Answer>(reads.ticket());
        Flight<Answer> standing = reads.standing(name, mine);
        if (standing != null) {
            return new Step(null, standing);
        }
        if (begun.token() != null && !askedTwice && reads.landedSince(question, name)) {
            askedTwice = true;
            reads.end(mine, name, Flight.Landing.none());
            return Step.AGAIN;
        }
        return new Step(reads.lead(mine, question, load), null);
    }

    private Answer shared(Answer shared) {
        if (shared != null) {
            reads.metrics().shared();
        }
        return shared;
    }

    private Answer stale(Exception failure) {
        return eventual && !partOfLoad ? asking.stale(entry, failure) : null;
    }

    private void end() {
        wait.end();
        if (question != null) {
            question.close();
        }
    }
}
