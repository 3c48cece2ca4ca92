// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.load;

import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A value that this thread is computing for a cache, and the tags that are added on the way. Used by one thread. */
public final class Loading implements AutoCloseable {
    private static final ThreadLocal<Loading> CURRENT = new ThreadLocal<>();

    private final Isolate isolate;
    private final List<Tag> tags = new ArrayList<>();
    private boolean mixed;

    private Loading(Isolate isolate) {
        this.isolate = isolate;
    }

    /** Begins one for an entry of this isolate. None may be under way in this thread. */
    public static Loading begin(Isolate isolate) {
        var loading = new Loading(isolate);
        CURRENT.set(loading);
        return loading;
    }

    /** Null if this thread computes nothing for a cache. */
    public static Loading current() {
        return CURRENT.get();
    }

    public void add(Collection<Tag> more) {
        tags.addAll(more);
    }

    /** The value is computed from what is cached in an isolate, with these tags there. */
    public void add(Isolate of, Collection<Tag> more) {
        mixed |= !of.equals(isolate);
        add(more);
    }

    public List<Tag> tags() {
        return List.copyOf(tags);
    }

    /** Whether it was computed from rows of different owners: then no entry can hold it. */
    public boolean isMixed() {
        return mixed;
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
