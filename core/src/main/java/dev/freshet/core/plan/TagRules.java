// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.rows.RowDelta;
import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.List;
import java.util.function.Consumer;

/** Plans the tags that a row's change purges; see {@code docs/keys-and-tags.md}. Needs no look-ups. */
final class TagRules {
    private final EntityMapping entity;
    private final List<EntityMapping> children;
    private final EntityMapping parent;
    private final List<String> parentId;
    private final ColumnSet watched;
    private final List<String> isolate;
    private final List<String> parentColumns;

    TagRules(Mapping mapping, EntityMapping entity) {
        this.entity = entity;
        this.children = entity.tags() ? mapping.childrenOf(entity) : List.of();
        this.parent = mapping.parentOf(entity).filter(EntityMapping::tags).orElse(null);
        this.parentId = parent == null ? List.of() : entity.parentId(parent);
        this.watched = entity.watched();
        this.isolate = entity.isolate().map(List::of).orElse(List.of());
        this.parentColumns = entity.parent().map(Reference::columns).orElse(List.of());
    }

    void plan(RowDelta delta, Consumer<Eviction> evictions) {
        if (entity.tags()) {
            own(delta, evictions);
        }
        if (parent != null) {
            listing(delta, evictions);
        }
    }

    private void own(RowDelta delta, Consumer<Eviction> evictions) {
        if (delta.id().contains(null)) {
            return;
        }
        boolean placed = !delta.isUpdate() || isolateChanged(delta);
        if (placed || delta.changed(watched)) {
            inBothIsolates(delta, Tag.row(entity.name(), delta.id()), Reason.OWN, evictions);
        }
        if (!children.isEmpty() && (placed || delta.changed(entity.inherited()) || delta.changed(parentColumns))) {
            inBothIsolates(delta, Tag.inherited(entity.name(), delta.id()), Reason.INHERITED, evictions);
        }
        if (placed) {
            for (EntityMapping child : children) {
                inBothIsolates(delta, Tag.children(entity.name(), delta.id(), child.name()), Reason.OWN, evictions);
            }
        }
    }

    private boolean isolateChanged(RowDelta delta) {
        return delta.changed(isolate);
    }

    private void listing(RowDelta delta, Consumer<Eviction> evictions) {
        if (delta.isUpdate() && (delta.changed(parentId) || isolateChanged(delta))) {
            listOf(delta, delta.before(), Reason.MOVED_FROM, evictions);
            listOf(delta, delta.after(), Reason.MOVED_TO, evictions);
        } else if (delta.changed(entity.listed())) {
            listOf(delta, delta.after() == null ? delta.before() : delta.after(), Reason.LISTING, evictions);
        }
    }

    private void listOf(RowDelta delta, Row image, Reason reason, Consumer<Eviction> evictions) {
        if (!image.knowsAll(parentId)) {
            evictions.accept(new Eviction.OfTags(parent.name() + ":*/" + entity.name(), reason, delta.cause()));
            return;
        }
        List<String> id = image.get(parentId);
        if (!id.contains(null)) {
            in(image, Tag.children(parent.name(), id, entity.name()), reason, delta, evictions);
        }
    }

    private void inBothIsolates(RowDelta delta, Tag tag, Reason reason, Consumer<Eviction> evictions) {
        if (delta.isUpdate() && isolateChanged(delta)) {
            in(delta.before(), tag, reason, delta, evictions);
        }
        in(delta.after() == null ? delta.before() : delta.after(), tag, reason, delta, evictions);
    }

    private void in(Row image, Tag tag, Reason reason, RowDelta delta, Consumer<Eviction> evictions) {
        if (entity.isolate().isEmpty()) {
            evictions.accept(new Eviction.OfTag(Isolate.SHARED, tag, reason, delta.cause()));
        } else if (image.knows(entity.isolate().get())) {
            String owner = image.get(entity.isolate().get());
            Isolate isolate = owner == null ? Isolate.SHARED : Isolate.of(owner);
            evictions.accept(new Eviction.OfTag(isolate, tag, reason, delta.cause()));
        } else {
            // The owner is not known, so the tags of all owners are purged. Tag names contain no glob characters.
            evictions.accept(new Eviction.OfTags(tag.name(), reason, delta.cause()));
        }
    }
}
