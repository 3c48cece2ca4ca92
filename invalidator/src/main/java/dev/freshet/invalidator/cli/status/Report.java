// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.postgres.slot.Retention;
import dev.freshet.postgres.slot.SlotReport;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that was found out.
 *
 * @param slotName the slot that was asked for
 * @param running empty if no invalidator was asked, or it did not answer; likewise the others
 * @param slot empty also if the database has no such slot
 * @param unanswered who was asked and did not answer
 * @param localTime when this was put together, by this machine's clock
 */
record Report(
        String slotName,
        Optional<Running> running,
        boolean databaseAnswered,
        Optional<SlotReport> slot,
        Optional<Published> published,
        Rates rates,
        List<Unanswered> unanswered,
        Instant localTime) {
    Report {
        unanswered = List.copyOf(unanswered);
    }

    /** Whom a command asks. */
    enum Server {
        INVALIDATOR("the invalidator"),
        DATABASE("the database"),
        REDIS("Redis");

        private final String told;

        Server(String told) {
            this.told = told;
        }

        @Override
        public String toString() {
            return told;
        }
    }

    /** @param why without secrets */
    record Unanswered(Server server, String why) {
        @Override
        public String toString() {
            return server + " did not answer: " + why;
        }
    }

    boolean unanswered(Server server) {
        return unanswered.stream().anyMatch(each -> each.server() == server);
    }

    /** Up to where everything is evicted, as far as anybody tells. */
    Optional<Lsn> position() {
        return published
                .flatMap(Published::position)
                .map(position -> position.lsn())
                .or(() -> running.map(Running::position));
    }

    /** When the last commit was made that is known to be evicted. */
    Optional<Instant> committedAt() {
        Optional<Instant> ofRunning = running.map(Running::committedAt);
        Optional<Instant> ofRedis = published.flatMap(Published::position).map(position -> position.committedAt());
        return ofRedis.or(() -> ofRunning);
    }

    /** How long ago that was, by the database's clock if it was asked. Markers keep it small on an idle database. */
    Optional<Duration> lag() {
        Instant now = slot.map(SlotReport::now).orElse(localTime);
        return committedAt().map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now));
    }

    /** WAL written since what was acknowledged, in bytes. */
    Optional<Long> lagBytes() {
        return slot.map(report -> report.slot().lagBytes()).or(() -> running.map(Running::lagBytes));
    }

    /** When the slot can be lost if WAL is written on at the rate that was measured and nothing is acknowledged. */
    Optional<Duration> fullIn() {
        return slot.map(SlotReport::retention)
                .map(Retention::left)
                .filter(left -> left.isPresent() && rates.wal() > 0)
                .map(left -> Duration.ofSeconds((long) Math.max(0, left.getAsLong() / rates.wal())));
    }
}
