// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import dev.freshet.protocol.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is cached of each row of an entity, for example its own columns or one page of a list. A view names the entries
 * and defines how their values are written. Immutable; usually a constant:
 *
 * <pre>{@code
 * static final CacheView<Task> TASK = CacheView.of("task", "own", JacksonCodec.of(Task.class));
 *
 * cache.get(TASK.key(42).ownedBy("u1"), () -> loadTask("u1", 42));
 * }</pre>
 *
 * @param <T> type of the values
 */
public final class CacheView<T> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+=%-][A-Za-z0-9._@+=%~-]*");

    private static final Pattern WITH_FORMAT = Pattern.compile(".*@[0-9]+");

    private final String entity;
    private final String name;
    private final Codec<T> codec;
    /** Null for a view of the row itself. */
    private final String listed;

    private CacheView(String entity, String name, Codec<T> codec, String listed) {
        this.listed = listed;
        this.entity = entity;
        this.name = name;
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    /**
     * A view whose values are written by a codec.
     *
     * @param entity as the mapping names it, such as {@code task}; letters, digits and {@code - . _ @ + ~ = %}, not
     *     starting with {@code ~}
     * @param name such as {@code own}, {@code resolved} or, for one page of a list, {@code branches.50.17}; the same
     *     characters, but not ending with {@code @} and a number
     * @throws IllegalArgumentException if a name is not of that form
     */
    public static <T> CacheView<T> of(String entity, String name, Codec<T> codec) {
        requireName("entity", entity);
        requireName("view", name);
        if (WITH_FORMAT.matcher(name).matches()) {
            throw new IllegalArgumentException("view '" + name
                    + "' ends with @ and a number, which is how a format is written; expected a name without, and"
                    + " format(…) beside it");
        }
        return new CacheView<>(entity, name, codec, null);
    }

    /** A view whose values are JSON texts, see {@link Codec#TEXT} and {@link #of}. */
    public static CacheView<String> json(String entity, String name) {
        return of(entity, name, Codec.TEXT);
    }

    /**
     * The same view with values of another shape. Its entries have their own keys, with {@code @} and the number after
     * the name, but the same tags evict them. So while old and new versions of the program run side by side, each
     * version reads and stores only values that it understands. Entries of the old version are evicted as before, or
     * expire.
     *
     * @param number at least 2, because the first shape has no number. Increase it when the values change in a way that
     *     {@link Codec#decode} of the other version would not notice
     * @throws IllegalArgumentException if the number is less than 2
     * @throws IllegalStateException if this view already has a format
     */
    public CacheView<T> format(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("format " + number + " of view " + this
                    + " is less than 2; expected 2 or more, as the first shape has no number");
        }
        if (WITH_FORMAT.matcher(name).matches()) {
            throw new IllegalStateException("view " + this + " has a format already; expected one call of format");
        }
        return new CacheView<>(entity, name + "@" + number, codec, listed);
    }

    /**
     * The same view, but of the list of rows below the row: which rows exist, and their listed columns. Its values then
     * carry the tag of that list automatically, instead of the row's own tag.
     *
     * @param child the entity whose rows are listed; in the mapping its {@code parent} is this view's entity
     */
    public CacheView<T> listOf(String child) {
        requireName("entity", child);
        return new CacheView<>(entity, name, codec, child);
    }

    /**
     * The tag that each value of this view carries automatically, for the row with this id. It is the same whether the
     * row exists or not.
     */
    public Tag tag(List<String> id) {
        return listed == null ? Tag.row(entity, id) : Tag.children(entity, id, listed);
    }

    /**
     * The key of this view of one row without an owner. For a row with an owner, call {@link EntryKey#ownedBy} on it.
     *
     * @param id the row's id, one part per column: a text, a whole number or a UUID. Numbers and UUIDs are printed as
     *     PostgreSQL prints them
     * @throws IllegalArgumentException if there is no part, or a part of another type
     */
    public EntryKey<T> key(Object... id) {
        return key(TagOf.parts(id));
    }

    /**
     * The key of this view of one row without an owner; see {@link EntryKey#ownedBy}.
     *
     * @param id the row's id, one part per column, each as PostgreSQL prints it
     * @throws IllegalArgumentException if there is no part
     */
    public EntryKey<T> key(List<String> id) {
        return new EntryKey<>(this, null, id);
    }

    /** The entity whose rows this is a view of. */
    public String entity() {
        return entity;
    }

    /** The name in keys, including the format if there is one: {@code own}, {@code own@2}. */
    public String name() {
        return name;
    }

    /** Writes and reads the values. */
    public Codec<T> codec() {
        return codec;
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " '" + name + "' is not of the form " + NAME.pattern());
        }
    }

    /** Views are equal if their entity and name are equal: then they have the same entries, whatever the codec. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CacheView<?> view && view.entity.equals(entity) && view.name.equals(name);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {entity, name});
    }

    @Override
    public String toString() {
        return entity + "/" + name;
    }
}
