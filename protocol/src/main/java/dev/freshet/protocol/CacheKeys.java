// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Builds the Redis keys of one namespace. See {@code docs/keys-and-tags.md}.
 *
 * @param namespace prefix of every key, {@code [a-z][a-z0-9-]*}
 */
public record CacheKeys(String namespace) {
    /**
     * How long a fence is kept. A fill must refuse a token older than half of this, and an invalidation must not trim a
     * fence younger than this. So both take it from here.
     */
    public static final Duration FENCE_LIFETIME = Duration.ofMinutes(5);

    /** The beginning of the name of a tag's set, after {@link #prefix}; the tag's name follows. */
    public static final String TAG_SET = "~tag:";

    /** The name of the fence set, after {@link #prefix}. */
    public static final String FENCES = "~fences";

    private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z0-9-]*");

    public CacheKeys {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "namespace '" + namespace + "' is not of the form " + NAMESPACE.pattern());
        }
    }

    /** The key of the entry for one view of one row, such as {@code ctx:{u1}:task:42:resolved}. */
    public String entry(Isolate isolate, String entity, List<String> id, String view) {
        return prefix(isolate) + entity + ":" + Tag.idOf(id) + ":" + view;
    }

    /** The set of the keys registered under a tag. */
    public String tagSet(Isolate isolate, Tag tag) {
        return tagSetPrefix(isolate) + tag.name();
    }

    /** The prefix of an isolate's tag sets; the tag's name follows. */
    public String tagSetPrefix(Isolate isolate) {
        return prefix(isolate) + TAG_SET;
    }

    /** Redis glob for the tag sets, in every isolate, of the tags that match a glob such as {@code task:*}. */
    public String tagSetsOf(String tagGlob) {
        return namespace + ":{*}:" + TAG_SET + tagGlob;
    }

    /** The lease of an entry: which process loads it for all of them. The scripts make the same name. */
    public String lease(Isolate isolate, String entry) {
        return prefix(isolate) + "~lease:" + entry.substring(prefix(isolate).length());
    }

    /** The prefix of every key that belongs to an isolate. */
    public String isolatedPrefix() {
        return namespace + ":{";
    }

    /** The sorted set that holds when each tag of an isolate was last purged. */
    public String fences(Isolate isolate) {
        return prefix(isolate) + FENCES;
    }

    /** The hash that says up to which WAL position everything has been evicted. */
    public String position() {
        return namespace + ":~position";
    }

    /**
     * The position's hash on one master of a Redis Cluster.
     *
     * @param n the smallest number whose hash tag maps to that master
     */
    public String position(int n) {
        return position() + ":{" + n + "}";
    }

    /** Redis glob for the positions on all masters of a Redis Cluster, including former masters. */
    public String allPositions() {
        return position() + ":{*}";
    }

    /** The hash that says how far each partition of a log has been evicted, where changes come from one. */
    public String offsets() {
        return namespace + ":~offsets";
    }

    /** The prefix of every key of one isolate, such as {@code ctx:{u1}:}. */
    public String prefix(Isolate isolate) {
        return namespace + ":" + isolate.hashTag() + ":";
    }

    /** Redis glob for every fence set of the namespace. */
    public String allFences() {
        return namespace + ":{*}:" + FENCES;
    }

    /** Redis glob for every key of the namespace that belongs to an isolate. */
    public String allIsolated() {
        return namespace + ":{*}:*";
    }
}
