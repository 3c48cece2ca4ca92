// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.flight.Flight;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class SingleFlightTest {
    private static final EntryKey<String> KEY =
            CacheView.json("task", "own").key("42").ownedBy("u1");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger loads = new AtomicInteger();
    private final RawRedis raw;
    private final FreshetCache cache;

    SingleFlightTest(RedisServer server) throws InterruptedException {
        raw = new RawRedis(server.uri());
        cache = FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .build();
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        cache.close();
        raw.close();
    }

    @Test
    void fiftyThreadsLoadOnce() throws Exception {
        var together = new CyclicBarrier(50);
        var answers = new ArrayList<Future<CacheResult<String>>>();
        for (int i = 0; i < 50; i++) {
            answers.add(threads.submit(() -> {
                together.await();
                return cache.get(KEY, () -> value("v" + loads.incrementAndGet()));
            }));
        }
        for (var answer : answers) {
            assertThat(get(answer).value()).hasValue("\"v1\"");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void whoComesDuringALoadSharesItIfTheFillIsAccepted() throws Exception {
        var gate = new CountDownLatch(1);
        var first = loading(gate, "old");
        var late = waiting(() -> cache.get(KEY, () -> value("late")));
        gate.countDown();
        assertThat(get(first).status()).isEqualTo(CacheStatus.MISS);
        assertThat(get(late).value()).hasValue("\"old\"");
        assertThat(loads).hasValue(1);
    }

    @Test
    void whoAsksForMoreThanTheCacheAsItStandsSharesNoLoadThatBeganBefore() throws Exception {
        raw.redis.hset("ctx:~position", "lsn", "0/1");
        raw.redis.hset("ctx:~position", "held-at", "1");
        for (var level : List.of(
                Consistency.session(WalPosition.of("0/2")),
                Consistency.bounded(Duration.ofSeconds(1)),
                Consistency.strong())) {
            raw.redis.del("ctx:{u1}:task:42:own");
            var gate = new CountDownLatch(1);
            var first = loading(gate, "old");
            var late = waiting(() -> cache.at(level).get(KEY, () -> value("new")));
            gate.countDown();
            assertThat(get(first).status()).isEqualTo(CacheStatus.MISS);
            assertThat(get(late).value()).as("%s", level).hasValue("\"new\"");
        }
    }

    @Test
    void whoComesDuringALoadThatIsRefusedDoesNotGetItsValue() throws Exception {
        var gate = new CountDownLatch(1);
        var first = loading(gate, "old");
        // A commit is evicted and published. Who asks now must not be answered with what was read before it.
        raw.redis.zadd("ctx:{u1}:~fences", 1e16, "task:42");
        var late = waiting(() -> cache.get(KEY, () -> value("new")));
        gate.countDown();
        assertThat(get(first).value()).hasValue("\"old\"");
        assertThat(get(late).value()).hasValue("\"new\"");
    }

    @Test
    void thoseWhoWaitedInVainShareTheNextLoad() throws Exception {
        var gate = new CountDownLatch(1);
        var first = loading(gate, "old");
        raw.redis.zadd("ctx:{u1}:~fences", 1e16, "task:42");
        var late = new ArrayList<Future<CacheResult<String>>>();
        var nextLoads = new AtomicInteger();
        var nextGate = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            late.add(waiting(() -> cache.get(KEY, () -> {
                nextLoads.incrementAndGet();
                nextGate.await();
                return value("new");
            })));
        }
        gate.countDown();
        get(first);
        await().atMost(PATIENCE).until(() -> nextLoads.get() == 1);
        // Its fill is refused too; but it began after all of them asked.
        nextGate.countDown();
        for (var one : late) {
            assertThat(get(one).value()).hasValue("\"new\"");
            assertThat(get(one).status()).isEqualTo(CacheStatus.REFUSED);
        }
    }

    @Test
    void aFailedLoadFailsForThoseWhoWaitToo() throws Exception {
        var failure = new IOException("no database");
        var gate = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var first = threads.submit(() -> cache.get(KEY, () -> {
            started.countDown();
            gate.await();
            throw failure;
        }));
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var late = waiting(() -> cache.get(KEY, () -> value("late")));
        gate.countDown();
        assertThatThrownBy(() -> get(first)).hasCause(failure);
        assertThatThrownBy(() -> get(late)).hasCause(failure);
        assertThat(loads).hasValue(0);
    }

    @Test
    void anInterruptedLoadConcernsItsOwnThreadAlone() throws Exception {
        var started = new CountDownLatch(1);
        var first = threads.submit(() -> cache.get(KEY, () -> {
            started.countDown();
            new CountDownLatch(1).await();
            return value("never");
        }));
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var late = waiting(() -> cache.get(KEY, () -> value("late")));
        first.cancel(true);
        assertThat(get(late).value()).hasValue("\"late\"");
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        var gate = new CountDownLatch(1);
        var first = loading(gate, "v");
        var thrown = new AtomicReference<Throwable>();
        var waiter = new Thread(() -> {
            try {
                cache.get(KEY, () -> value("late"));
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        waiter.start();
        awaitWaiting(waiter);
        waiter.interrupt();
        waiter.join(30_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedReadException.class);
        gate.countDown();
        assertThat(get(first).status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void differentKeysLoadAtTheSameTime() throws Exception {
        var together = new CyclicBarrier(2);
        var answers = new ArrayList<Future<CacheResult<String>>>();
        for (String id : List.of("1", "2")) {
            answers.add(threads.submit(() ->
                    cache.get(CacheView.json("task", "own").key(id).ownedBy("u1"), () -> {
                        together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                        return value(id);
                    })));
        }
        assertThat(get(answers.get(0)).value()).hasValue("\"1\"");
        assertThat(get(answers.get(1)).value()).hasValue("\"2\"");
    }

    private Future<CacheResult<String>> loading(CountDownLatch gate, String text) throws InterruptedException {
        var started = new CountDownLatch(1);
        var answer = threads.submit(() -> cache.get(KEY, () -> {
            loads.incrementAndGet();
            started.countDown();
            gate.await();
            return value(text);
        }));
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    /** Starts a read and returns once it waits for the load of another. */
    private Future<CacheResult<String>> waiting(Callable<CacheResult<String>> read) {
        var thread = new AtomicReference<Thread>();
        var answer = threads.submit(() -> {
            thread.set(Thread.currentThread());
            return read.call();
        });
        await().atMost(PATIENCE).until(() -> thread.get() != null);
        awaitWaiting(thread.get());
        return answer;
    }

    private static void awaitWaiting(Thread thread) {
        await().atMost(PATIENCE).until(() -> thread.getState() == Thread.State.WAITING && inFlight(thread));
    }

    private static boolean inFlight(Thread thread) {
        for (var frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(Flight.class.getName())) {
                return true;
            }
        }
        return false;
    }

    private static CacheResult<String> get(Future<CacheResult<String>> answer) throws Exception {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ExecutionException(e.getCause());
        }
    }

    private static Loaded<String> value(String text) {
        return Loaded.of("\"" + text + "\"", Tags.of("task:42"));
    }
}
