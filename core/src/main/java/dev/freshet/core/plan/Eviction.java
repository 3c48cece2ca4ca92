// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.rows.Cause;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.Locale;
import java.util.Optional;

/** One thing to evict, with the reason and the row change that caused it. */
public sealed interface Eviction {
    /** What an eviction names. As text it is {@code key}, {@code tag}, {@code keys} or {@code tags}. */
    enum Kind {
        KEY,
        TAG,
        /** Keys by pattern. */
        KEYS,
        /** Tags by pattern. */
        TAGS;

        public boolean isPattern() {
            return this == KEYS || this == TAGS;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /** The key, the tag's name, or the pattern. */
    String name();

    /** The isolate of a tag. Empty for all others. */
    default Optional<Isolate> owner() {
        return Optional.empty();
    }

    /** The template whose key, or whose keys, this is. Empty for tags, and if no template of the mapping is the cause. */
    default Optional<KeyTemplate> template() {
        return Optional.empty();
    }

    Reason reason();

    /** Null if the cause is not a change in the database. */
    Cause cause();

    /**
     * A key by its full name, for readers that fill the cache themselves.
     *
     * @param made the template that made it; null if none did
     */
    record OfKey(String key, Reason reason, Cause cause, KeyTemplate made) implements Eviction {
        /** A key that no template made. */
        public OfKey(String key, Reason reason, Cause cause) {
            this(key, reason, cause, null);
        }

        @Override
        public Optional<KeyTemplate> template() {
            return Optional.ofNullable(made);
        }

        @Override
        public Kind kind() {
            return Kind.KEY;
        }

        @Override
        public String name() {
            return key;
        }
    }

    /** Everything registered under a tag of one isolate. */
    record OfTag(Isolate isolate, Tag tag, Reason reason, Cause cause) implements Eviction {
        @Override
        public Kind kind() {
            return Kind.TAG;
        }

        @Override
        public String name() {
            return tag.name();
        }

        @Override
        public Optional<Isolate> owner() {
            return Optional.of(isolate);
        }
    }

    /**
     * Every key that matches a Redis glob, for example after a TRUNCATE.
     *
     * @param made the template that makes such keys; null if it is not one of the mapping
     */
    record OfKeys(String glob, Reason reason, Cause cause, KeyTemplate made) implements Eviction {
        /** Keys of no template. */
        public OfKeys(String glob, Reason reason, Cause cause) {
            this(glob, reason, cause, null);
        }

        @Override
        public Optional<KeyTemplate> template() {
            return Optional.ofNullable(made);
        }

        @Override
        public Kind kind() {
            return Kind.KEYS;
        }

        @Override
        public String name() {
            return glob;
        }
    }

    /**
     * Every tag, of every isolate, whose name matches a Redis glob such as {@code task:*}, for example after a
     * TRUNCATE.
     */
    record OfTags(String glob, Reason reason, Cause cause) implements Eviction {
        @Override
        public Kind kind() {
            return Kind.TAGS;
        }

        @Override
        public String name() {
            return glob;
        }
    }
}
