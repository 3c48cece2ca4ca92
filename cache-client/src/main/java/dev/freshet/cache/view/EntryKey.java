// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.view;

import dev.freshet.protocol.Isolate;
import java.util.List;
import java.util.Objects;

/**
 * Names one cached value: one view of one row, with its owner if it has one. Immutable. Made by {@link CacheView#key}.
 *
 * @param <T> type of the value
 */
public final class EntryKey<T> {
    private final CacheView<T> view;
    private final String owner;
    private final List<String> id;

    /** @param owner null for a row without an owner */
    EntryKey(CacheView<T> view, String owner, List<String> id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("the id of a key of " + view + " has no part; expected one per column");
        }
        this.view = view;
        this.owner = owner;
        this.id = List.copyOf(id);
    }

    /**
     * The same view of the same row, for a row that belongs to an owner. Everything that the value is computed from
     * must belong to the same owner.
     *
     * @param owner the value of the entity's {@code isolate} column, as PostgreSQL prints it
     */
    public EntryKey<T> ownedBy(String owner) {
        return new EntryKey<>(view, Objects.requireNonNull(owner, "owner"), id);
    }

    /** The same view of the same row in this isolate; {@link Isolate#SHARED} for a row without an owner. */
    public EntryKey<T> in(Isolate isolate) {
        return new EntryKey<>(view, isolate.value(), id);
    }

    /** The view. */
    public CacheView<T> view() {
        return view;
    }

    /** The isolate of the owner, or {@link Isolate#SHARED} without one. */
    public Isolate isolate() {
        return owner == null ? Isolate.SHARED : Isolate.of(owner);
    }

    /** The row's id, one part per column, each as PostgreSQL prints it. Immutable. */
    public List<String> id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryKey<?> key
                && key.view.equals(view)
                && key.id.equals(id)
                && Objects.equals(key.owner, owner);
    }

    @Override
    public int hashCode() {
        return Objects.hash(view, id, owner);
    }

    /** The entity, id and view, such as {@code task:42:own}, without the owner. */
    @Override
    public String toString() {
        return view.entity() + ":" + String.join(",", id) + ":" + view.name();
    }
}
