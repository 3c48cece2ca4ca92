// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import dev.freshet.protocol.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is cached of each row of an entity: its own columns, say, or one page of a list. It names the entries, and says
 * how their values are written. Immutable; usually a constant:
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
     * @param name such as {@code own}, {@code resolved} or, for one page of a list, {@code branches.50.17}; same
     *     characters
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

    /** A view whose values are JSON texts. */
    public static CacheView<String> json(String entity, String name) {
        return of(entity, name, Codec.TEXT);
    }

    /**
     * The same view with values of another shape. Its entries stand apart, under the name with {@code @} and the number,
     * and are evicted by the same tags: while old and new versions of the program run side by side, each reads and
     * stores only what it understands. What the old one left is evicted as before, or expires.
     *
     * @param number from 2; the first shape needs none. Count it up when the values change in a way that {@link
     *     Codec#decode} of the other version would not notice
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
     * The same view, as one of the rows below the row: which there are, and their listed columns. Its values then carry
     * the tag of that list by themselves, and not the row's own.
     *
     * @param child the entity whose rows are listed; in the mapping this view's entity is its {@code parent}
     */
    public CacheView<T> listOf(String child) {
        requireName("entity", child);
        return new CacheView<>(entity, name, codec, child);
    }

    /** The tag that every value of this view carries by itself, of a row with this id, whether the row exists or not. */
    public Tag tag(List<String> id) {
        return listed == null ? Tag.row(entity, id) : Tag.children(entity, id, listed);
    }

    /**
     * The key of this view of one row, which has no owner; see {@link EntryKey#ownedBy}.
     *
     * @param id the row's id, one part per column: text, or a whole number or UUID, which is printed as PostgreSQL
     *     prints it
     * @throws IllegalArgumentException if there is no part, or one of another type
     */
    public EntryKey<T> key(Object... id) {
        return key(TagOf.parts(id));
    }

    /**
     * The key of this view of one row, which has no owner.
     *
     * @param id the row's id, one part per column, each as PostgreSQL prints it
     */
    public EntryKey<T> key(List<String> id) {
        return new EntryKey<>(this, null, id);
    }

    /** The entity whose rows it is a view of. */
    public String entity() {
        return entity;
    }

    /** Its name in keys, with the format if it has one: {@code own}, {@code own@2}. */
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

    /** Of the same entity and name: their entries are the same, whoever writes them. */
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
