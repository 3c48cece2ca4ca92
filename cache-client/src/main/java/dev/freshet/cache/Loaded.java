// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.store.Fill;
import dev.freshet.cache.store.LoaderDatabase;
import dev.freshet.cache.view.Codec;
import dev.freshet.protocol.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The result of a {@link Loader}: a value or nothing, and the tags of everything it was computed from. If a tag is
 * missing, a change goes unnoticed. Immutable, as far as the value is.
 *
 * @param <T> type of the value
 */
public final class Loaded<T> {
    private static final Pattern TAG = Pattern.compile("[!-}&&[^\"\\\\\\[\\]]]+");
    private static final Pattern SNAPSHOT = Pattern.compile("[0-9]+:[0-9]+:[0-9,]*");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final T value;
    private final List<Tag> tags;
    private final WalPosition position;
    private final String snapshot;
    private final SourceDatabase database;

    private Loaded(T value, Collection<Tag> tags) {
        this.value = value;
        this.tags = tags.stream().distinct().toList();
        if (this.tags.isEmpty()) {
            throw new IllegalArgumentException("a cached value needs at least one tag, or no change could evict it");
        }
        this.tags.forEach(Loaded::requirePlain);
        this.position = null;
        this.snapshot = null;
        this.database = null;
    }

    private Loaded(Loaded<T> base, WalPosition position, String snapshot, SourceDatabase database) {
        this.value = base.value;
        this.tags = base.tags;
        this.position = position;
        this.snapshot = snapshot;
        this.database = database;
    }

    /**
     * A value.
     *
     * @param value not null: for what does not exist there is {@link #absent}. JSON's {@code null} means the same
     * @param tags at least one, all of the isolate of the key
     */
    public static <T> Loaded<T> of(T value, Collection<Tag> tags) {
        if (value == null) {
            throw new NullPointerException("the value is null; for 'does not exist' use Loaded.absent");
        }
        return new Loaded<>(value, tags);
    }

    /** What was asked for does not exist. The tags are those that its creation would purge. */
    public static <T> Loaded<T> absent(Collection<Tag> tags) {
        return new Loaded<>(null, tags);
    }

    /**
     * The same, with the point in PostgreSQL's history at which it was read. Query both in the loader's own
     * transaction. Sessions use the position, audits use the snapshot.
     *
     * @param position in the WAL, taken after the loader's snapshot: {@code pg_current_wal_insert_lsn()}, on a replica
     *     {@code pg_last_wal_replay_lsn()}
     * @param snapshot the loader's: {@code pg_current_snapshot()}, such as {@code 790:795:791}
     * @throws IllegalArgumentException if one does not have the form that PostgreSQL prints
     */
    public Loaded<T> at(String position, String snapshot) {
        if (!SNAPSHOT.matcher(snapshot).matches()) {
            throw new IllegalArgumentException(
                    "snapshot '" + snapshot + "' is not of the form of pg_snapshot, such as 790:795:791");
        }
        return new Loaded<>(this, WalPosition.of(position).in(null), snapshot, database);
    }

    /**
     * The same, with the database that it was read from. From then on this cache neither uses nor stores anything in a
     * namespace whose invalidator works on another database.
     */
    public Loaded<T> from(SourceDatabase database) {
        return new Loaded<>(this, position, snapshot, Objects.requireNonNull(database, "database"));
    }

    /** Null if absent. */
    T value() {
        return value;
    }

    /** What is offered to Redis. */
    Fill encoded(Codec<T> codec) {
        byte[] json = value == null ? null : codec.encode(value);
        if (json != null && json.length == 0) {
            throw new IllegalArgumentException("a value was written as an empty text, which is not JSON");
        }
        return new Fill(
                Arrays.equals(json, NULL) ? null : json,
                tags,
                position == null ? null : position.place(),
                snapshot,
                database == null ? null : database.id());
    }

    private static void requirePlain(Tag tag) {
        if (!TAG.matcher(tag.name()).matches()) {
            throw new IllegalArgumentException(
                    "tag '" + tag + "' has characters other than printable ASCII without \" [ \\ ] ~: escape ids");
        }
    }
}
