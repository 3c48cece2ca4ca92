// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.Lookups;
import dev.freshet.core.pipeline.PositionLostException;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.core.source.Topic;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.invalidator.run.source.ChangeFeed;
import dev.freshet.invalidator.run.source.Inspection;
import dev.freshet.invalidator.run.source.Readers;
import dev.freshet.invalidator.run.source.Source;
import dev.freshet.invalidator.run.source.SourceSession;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A database with one table {@code item}, a WAL and a slot, in memory. */
final class MemorySource implements Source {
    private static final long FIRST = 0x100;

    private final Steps steps;
    private final MemoryTime time;
    private final List<Chunk> wal = new ArrayList<>();
    private long end = FIRST;
    private long transactions = 10;
    private int connections;
    private volatile int inspections;

    String systemIdentifier = "7";
    int timeline = 1;
    String name = "app";
    String slot = "slot";
    String publication = "p1";
    boolean hasSlot;
    Lsn confirmed = new Lsn(FIRST);
    /** The name of the connection of another instance that has the lock, or null. */
    String lockedBy;
    /** Whoever streams from the slot, and is no stream of this run; or null. */
    String streamedBy;
    /** Whether that one is a stream of Freshet. */
    boolean leftOver;
    /** Nothing comes out of the stream. */
    boolean silent;

    boolean working;
    /** The server reads no more of the WAL. */
    boolean standsStill;
    /** The stream ends without a failure. */
    boolean streamEnds;

    Throwable streamBreaks;
    boolean streamStarts = true;
    final List<Shortcoming> mappingLacks = new ArrayList<>();
    final List<Shortcoming> sourceLacks = new ArrayList<>();
    boolean olderTransactions;

    MemorySource(Steps steps, MemoryTime time) {
        this.steps = steps;
        this.time = time;
    }

    /** A transaction inserts these rows. */
    void commit(int... ids) {
        var changes = new ArrayList<RowChange>();
        long txId = transactions++;
        for (int id : ids) {
            var origin = new Origin(txId, new Lsn(end), time.now());
            changes.add(new RowChange(
                    new TableName("public", "item"),
                    Operation.CREATE,
                    null,
                    new Row(Map.of("id", Integer.toString(id))),
                    origin));
        }
        append(txId, changes, List.of());
    }

    private Lsn append(long txId, List<RowChange> changes, List<String> markers) {
        end += 0x10;
        wal.add(new Chunk(txId, changes, new Commit(new Lsn(end), time.now(), markers)));
        return new Lsn(end);
    }

    Lsn end() {
        return new Lsn(end);
    }

    /** How often the source was inspected beside the stream. */
    int inspections() {
        return inspections;
    }

    /** Connections that are open now. */
    int connections() {
        return connections;
    }

    @Override
    public SourceSession connect() {
        int before = connections;
        try {
            return steps.step("connect", Session::new);
        } catch (RuntimeException | Error e) {
            connections = before;
            throw e;
        }
    }

    private final class Session implements SourceSession {
        private Feed feed;

        private Session() {
            connections++;
        }

        @Override
        public boolean tryLock() {
            return steps.step("lock", () -> lockedBy == null);
        }

        @Override
        public Optional<String> lockHolder() {
            return Optional.ofNullable(lockedBy);
        }

        @Override
        public String systemIdentifier() {
            return systemIdentifier;
        }

        @Override
        public String database() {
            return name;
        }

        @Override
        public ServerIdentity server() {
            return steps.step("server", () -> new ServerIdentity(systemIdentifier, timeline, new Lsn(end)));
        }

        @Override
        public List<Shortcoming> mappingShortcomings() {
            return steps.step("mapping fits?", () -> List.copyOf(mappingLacks));
        }

        @Override
        public List<Shortcoming> sourceShortcomings() {
            return steps.step("source ready?", () -> {
                var lacking = new ArrayList<>(sourceLacks);
                if (!hasSlot) {
                    lacking.add(Shortcoming.ours(
                            Topic.SLOT,
                            DatabaseCode.WRONG_SLOT,
                            Place.of(Place.Kind.SLOT, "freshet"),
                            "there is no slot",
                            "create it"));
                }
                return lacking;
            });
        }

        @Override
        public boolean mend() {
            return steps.step("mend", () -> {
                sourceLacks.clear();
                if (!hasSlot) {
                    hasSlot = true;
                    confirmed = new Lsn(end);
                }
                return true;
            });
        }

        @Override
        public String publication() {
            return steps.step("publication", () -> publication);
        }

        @Override
        public Optional<SlotInfo> slot() {
            return steps.step("slot", () -> hasSlot ? Optional.of(info()) : Optional.empty());
        }

        private SlotInfo info() {
            int pid = streamedBy != null ? 99 : feed != null ? 1 : 0;
            return new SlotInfo(
                    slot,
                    "pgoutput",
                    name,
                    pid,
                    "reserved",
                    null,
                    confirmed,
                    end - confirmed.value(),
                    OptionalLong.empty(),
                    standsStill ? confirmed : new Lsn(end),
                    working,
                    false);
        }

        @Override
        public boolean endStream(SlotInfo slot) {
            return steps.step("end stream", () -> {
                if (leftOver) {
                    streamedBy = null;
                }
                return leftOver;
            });
        }

        @Override
        public String streamHolder(SlotInfo slot) {
            return streamedBy == null ? "" : streamedBy;
        }

        @Override
        public SlotInfo moveSlotToTheEnd() {
            return steps.step("move slot", () -> {
                confirmed = new Lsn(end);
                return info();
            });
        }

        @Override
        public Coverage coverage() {
            return Coverage.NONE;
        }

        @Override
        public KeyPatterns patterns(Collection<KeyRule> others) {
            return KeyPatterns.NONE;
        }

        @Override
        public void awaitOlderTransactions(Consumer<String> waiting) throws InterruptedException {
            steps.step("older transactions");
            while (olderTransactions) {
                waiting.accept("waits for transactions older than 7 to end");
                time.sleep(Duration.ofMillis(10));
            }
        }

        @Override
        public void commitLocally() {
            steps.step("commit locally");
        }

        @Override
        public Lsn write(String content) {
            return steps.step("marker", () -> append(transactions++, List.of(), List.of(content)));
        }

        @Override
        public void rehearse() {
            steps.step("rehearse");
        }

        @Override
        public Readers openReaders(String expected) {
            int before = connections;
            try {
                return steps.step("open readers", () -> new MemoryReaders(expected));
            } catch (RuntimeException | Error e) {
                connections = before;
                throw e;
            }
        }

        @Override
        public ChangeFeed openFeed() {
            return steps.step("open stream", () -> feed = new Feed(this));
        }

        @Override
        public void close() {
            connections--;
            steps.step("disconnect");
        }
    }

    private final class MemoryReaders implements Readers {
        private final String expected;
        private final Session inspecting = new Session();

        private MemoryReaders(String expected) {
            this.expected = expected;
        }

        @Override
        public SnapshotSource snapshots() {
            return new SnapshotSource() {
                @Override
                public Snapshot current() {
                    return Snapshot.parse("5:1000000:5");
                }

                @Override
                public void confirmComplete() {
                    if (!publication.equals(expected)) {
                        throw new PositionLostException(Gap.Kind.PUBLICATION_CHANGED, "the publication was changed");
                    }
                }
            };
        }

        @Override
        public Lookups lookups() {
            return new Lookups() {
                @Override
                public Relations relations() {
                    return (table, columns, tuples, found) -> {};
                }

                @Override
                public Lsn walEnd() {
                    return new Lsn(end);
                }

                @Override
                public KeyPatterns patterns(Collection<KeyRule> others) {
                    return KeyPatterns.NONE;
                }
            };
        }

        @Override
        public Inspection inspection() {
            return new Inspection() {
                @Override
                public List<Shortcoming> look() {
                    var lacking = new ArrayList<>(mappingLacks);
                    lacking.addAll(sourceLacks);
                    inspections++;
                    return lacking;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {
            inspecting.close();
        }
    }

    private final class Feed implements ChangeFeed {
        private final Session session;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private int read;

        private Feed(Session session) {
            this.session = session;
            while (read < wal.size() && !wal.get(read).commit().lsn().isAfter(confirmed)) {
                read++;
            }
        }

        @Override
        public List<Chunk> take(Duration patience) throws InterruptedException {
            if (streamEnds) {
                ended.complete(null);
                streamEnds = false;
                return List.of();
            }
            if (streamBreaks != null) {
                ended.completeExceptionally(streamBreaks);
                streamBreaks = null;
                return List.of();
            }
            if (silent || read == wal.size()) {
                time.idle(patience);
                return List.of();
            }
            List<Chunk> next = List.copyOf(wal.subList(read, wal.size()));
            read = wal.size();
            return next;
        }

        @Override
        public void acknowledge(Lsn lsn) {
            steps.step("acknowledge", () -> confirmed = lsn);
        }

        @Override
        public CompletableFuture<Void> ended() {
            return ended;
        }

        @Override
        public boolean hasStarted() {
            return streamStarts;
        }

        @Override
        public void close() {
            session.feed = null;
            steps.step("close stream");
        }
    }
}
