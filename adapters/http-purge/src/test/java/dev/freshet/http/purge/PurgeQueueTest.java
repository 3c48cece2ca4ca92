// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.http.purge.PurgeQueue.Batch;
import dev.freshet.protocol.Lsn;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PurgeQueueTest {
    private final PurgeQueue queue = new PurgeQueue(4);

    @Test
    void aKeyWaitsOnceAndInOrder() throws Exception {
        add("b", "a", "b");
        assertThat(take().keys()).containsExactly("b", "a");
    }

    @Test
    void aKeyThatIsBeingSentIsAddedAgain() throws Exception {
        add("a");
        Batch sent = take();
        add("a");
        queue.accepted(sent);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(take().keys()).containsExactly("a");
    }

    @Test
    void aBatchHasSoManyKeysAndSoManyBytes() throws Exception {
        add("aa", "bb", "cc", "d");
        assertThat(queue.take(2, 100).keys()).containsExactly("aa", "bb");
        add("long key");
        assertThat(queue.take(100, 5).keys()).containsExactly("cc", "d");
        assertThat(queue.take(100, 5).keys()).as("however long it is").containsExactly("long key");
    }

    @Test
    void everythingTakesThePlaceOfKeys() throws Exception {
        add("a", "b");
        queue.published(new Lsn(1));
        queue.addEverything();
        add("c");
        queue.published(new Lsn(2));
        Batch all = take();
        assertThat(all.keys()).isEmpty();
        add("d");
        queue.published(new Lsn(3));
        assertThat(queue.settled()).isEqualTo(Lsn.ZERO);
        queue.accepted(all);
        assertThat(queue.settled()).isEqualTo(new Lsn(2));
        assertThat(take().keys()).containsExactly("d");
    }

    @Test
    void aPositionIsSettledWhenAllThatItCoversIsAccepted() throws Exception {
        queue.published(new Lsn(1));
        assertThat(queue.settled()).as("nothing was evicted").isEqualTo(new Lsn(1));
        add("a", "b");
        queue.published(new Lsn(2));
        add("c");
        queue.published(new Lsn(3));
        queue.published(new Lsn(4));
        Batch first = queue.take(1, 100);
        queue.accepted(first);
        assertThat(queue.settled()).isEqualTo(new Lsn(1));
        queue.accepted(queue.take(1, 100));
        assertThat(queue.settled()).isEqualTo(new Lsn(2));
        queue.accepted(take());
        assertThat(queue.settled()).isEqualTo(new Lsn(4));
        assertThat(queue.size()).isZero();
    }

    /** It is sent after the second moment as well. */
    @Test
    void aKeyThatWaitsCoversALaterPosition() throws Exception {
        add("a");
        queue.published(new Lsn(1));
        add("a");
        queue.published(new Lsn(2));
        queue.accepted(take());
        assertThat(queue.settled()).isEqualTo(new Lsn(2));
    }

    @Test
    void whatIsForgottenSettlesNothing() throws Exception {
        add("a", "b");
        queue.published(new Lsn(9));
        Batch sent = queue.take(1, 100);
        queue.reset();
        assertThat(queue.settled()).isEqualTo(Lsn.ZERO);
        add("c");
        queue.published(new Lsn(3));
        queue.accepted(sent);
        assertThat(queue.settled()).as("of another session").isEqualTo(Lsn.ZERO);
        queue.accepted(take());
        assertThat(queue.settled()).isEqualTo(new Lsn(3));
    }

    @Test
    void whoAddsTooMuchWaits() throws Exception {
        add("a", "b", "c", "d");
        FutureTask<Void> adding = inThread(() -> {
            queue.add("e");
            return null;
        });
        add("a");
        assertThat(adding.isDone()).isFalse();
        assertThat(queue.take(1, 100).keys()).containsExactly("a");
        await().atMost(PATIENCE).until(adding::isDone);
    }

    @Test
    void whoWaitsForAllIsNotHeldUpByWhatComesLater() throws Exception {
        add("a");
        FutureTask<Void> waiting = inThread(() -> {
            queue.awaitAccepted();
            return null;
        });
        await().atMost(PATIENCE).until(() -> waits("waits-for-the-queue"));
        Batch first = take();
        add("b");
        assertThat(waiting.isDone()).isFalse();
        queue.accepted(first);
        await().atMost(PATIENCE).until(waiting::isDone);
    }

    @Test
    void whoWaitsWhenItIsClosedIsTold() throws Exception {
        FutureTask<Batch> taking = inThread(this::take);
        queue.close();
        assertThatThrownBy(taking::get).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(this::take).isInstanceOf(IllegalStateException.class);
    }

    private void add(String... keys) throws InterruptedException {
        for (String key : keys) {
            queue.add(key);
        }
    }

    private Batch take() throws InterruptedException {
        return queue.take(100, 1000);
    }

    private static <T> FutureTask<T> inThread(Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, "waits-for-the-queue");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static boolean waits(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread) && each.getState() == Thread.State.WAITING);
    }
}
