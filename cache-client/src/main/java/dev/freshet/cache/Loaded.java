// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.store.Fill;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The result of a {@link Loader}: a value or nothing, and the tags of everything it was computed from. If a tag is
 * missing, a change to what it stands for does not evict the value. Immutable if the value is.
 *
 * @param <T> type of the value
 */
public final class Loaded<T> {
    private static final Pattern TAG = Pattern.compile("[!-}&&[^\"\\\\\\[\\]]]+");
    private static final Pattern SNAPSHOT = Pattern.compile("[0-9]+:[0-9]+:[0-9,]*");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final T value;
    /** Whether it also carries the tag of its view. */
    private final boolean ofTheView;

    private final List<Tag> tags;
    private final WalPosition position;
    private final String snapshot;
    private final SourceDatabase database;
    private final boolean wanted;

    private Loaded(T value, boolean ofTheView, Collection<Tag> tags) {
        this.value = value;
        this.ofTheView = ofTheView;
        this.tags = tags.stream().distinct().toList();
        this.tags.forEach(Loaded::requirePlain);
        this.position = null;
        this.snapshot = null;
        this.database = null;
        this.wanted = true;
    }

    private Loaded(T value, Collection<Tag> tags) {
        this(value, false, tags);
        if (this.tags.isEmpty()) {
            throw new IllegalArgumentException("a cached value needs at least one tag, or no change could evict it");
        }
    }

    private Loaded(Loaded<T> base, WalPosition position, String snapshot, SourceDatabase database, boolean wanted) {
        this.value = base.value;
        this.ofTheView = base.ofTheView;
        this.tags = base.tags;
        this.position = position;
        this.snapshot = snapshot;
        this.database = database;
        this.wanted = wanted;
    }

    /**
     * A value that was computed from what its view stands for: its own row, or the list that the view is of. Add what
     * else it was computed from with {@link #and}.
     *
     * @param value not null; if it does not exist, use {@link #absent}. The JSON text {@code null} also means absent
     */
    public static <T> Loaded<T> of(T value) {
        requireValue(value);
        return new Loaded<>(value, true, List.of());
    }

    /** What was asked for does not exist. It carries the tag of its view, which is the tag that its creation purges. */
    public static <T> Loaded<T> absent() {
        return new Loaded<>(null, true, List.of());
    }

    /**
     * The same, with the tags of further things that it was computed from; see {@link dev.freshet.cache.view.TagOf}.
     */
    public Loaded<T> and(Tag... more) {
        return and(Arrays.asList(more));
    }

    /**
     * The same, with the tags of further things that it was computed from; see {@link dev.freshet.cache.view.TagOf}.
     */
    public Loaded<T> and(Collection<Tag> more) {
        var all = new Loaded<T>(
                value, ofTheView, Stream.concat(tags.stream(), more.stream()).toList());
        return new Loaded<>(all, position, snapshot, database, wanted);
    }

    /**
     * A value with exactly these tags, without the tag of its view.
     *
     * @param value not null; if it does not exist, use {@link #absent}. The JSON text {@code null} also means absent
     * @param tags at least one, all in the isolate of the key
     * @throws IllegalArgumentException if there is no tag, or one with characters that are not allowed in tags
     */
    public static <T> Loaded<T> of(T value, Collection<Tag> tags) {
        requireValue(value);
        return new Loaded<>(value, tags);
    }

    /** What was asked for does not exist. It carries exactly these tags, which its creation would purge. */
    public static <T> Loaded<T> absent(Collection<Tag> tags) {
        return new Loaded<>(null, tags);
    }

    /**
     * The same, with the point in PostgreSQL's history at which it was read. Query both values in the loader's own
     * transaction. Sessions use the position; audits use the snapshot.
     *
     * @param position in the WAL, taken after the loader's snapshot: {@code pg_current_wal_insert_lsn()}, or on a
     *     replica {@code pg_last_wal_replay_lsn()}
     * @param snapshot the loader's snapshot, {@code pg_current_snapshot()}, such as {@code 790:795:791}
     * @throws IllegalArgumentException if one of them does not have the form that PostgreSQL prints
     */
    public Loaded<T> at(String position, String snapshot) {
        if (!SNAPSHOT.matcher(snapshot).matches()) {
            throw new IllegalArgumentException(
                    "snapshot '" + snapshot + "' is not of the form of pg_snapshot, such as 790:795:791");
        }
        return new Loaded<>(this, WalPosition.of(position).in(null), snapshot, database, wanted);
    }

    /**
     * The same, with the database that it was read from. From then on this cache neither uses nor stores entries of a
     * namespace whose invalidator works on another database.
     */
    public Loaded<T> from(SourceDatabase database) {
        return new Loaded<>(this, position, snapshot, Objects.requireNonNull(database, "database"), wanted);
    }

    /** The same, to be returned to the caller but not stored. */
    public Loaded<T> unstored() {
        return new Loaded<>(this, position, snapshot, database, false);
    }

    /** Null if absent. */
    T value() {
        return value;
    }

    /** What is offered to Redis. */
    Fill encoded(EntryKey<T> key) {
        byte[] json = value == null ? null : key.view().codec().encode(value);
        if (json != null && json.length == 0) {
            throw new IllegalArgumentException("a value was written as an empty text, which is not JSON");
        }
        return new Fill(
                Arrays.equals(json, NULL) ? null : json,
                tagsOf(key),
                position == null ? null : position.place(),
                snapshot,
                database == null ? null : database.id(),
                wanted);
    }

    private List<Tag> tagsOf(EntryKey<T> key) {
        if (!ofTheView) {
            return tags;
        }
        var own = key.view().tag(key.id());
        requirePlain(own);
        return Stream.concat(Stream.of(own), tags.stream()).distinct().toList();
    }

    private static void requireValue(Object value) {
        if (value == null) {
            throw new NullPointerException("the value is null; for 'does not exist' use Loaded.absent");
        }
    }

    private static void requirePlain(Tag tag) {
        if (!TAG.matcher(tag.name()).matches()) {
            throw new IllegalArgumentException(
                    "tag '" + tag + "' has characters other than printable ASCII without \" [ \\ ] ~: escape ids");
        }
    }
}
