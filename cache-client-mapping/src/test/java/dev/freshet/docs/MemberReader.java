// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.TagOf;
import dev.freshet.views.MappedViews;

/** The reader that {@code docs/adopt.md} shows. */
abstract class MemberReader {
    // sample
    private final CacheView<String> profile;
    private final CacheView<String> members;

    MemberReader(MappedViews views) {
        profile = views.row("member", "profile", Codec.TEXT);
        members = views.list("member", "org", "members", Codec.TEXT);
    }

    CacheResult<String> profile(FreshetCache cache, long id) {
        return cache.get(profile.key(id), () -> loadProfile(id));
    }

    CacheResult<String> members(FreshetCache cache, int org) {
        return cache.get(members.key(org), () -> Loaded.of(selectMembers(org)));
    }

    private Loaded<String> loadProfile(long id) {
        Profile found = selectProfile(id); // shows the name of the organisation, so it carries the organisation's tag
        return Loaded.of(found.json()).and(TagOf.row("org", found.org()));
    }
    // end of sample

    /** A member as JSON, with the name of the organisation. */
    record Profile(String json, int org) {}

    abstract Profile selectProfile(long id);

    abstract String selectMembers(int org);
}
