// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.store.BeginReply;
import dev.freshet.cache.store.BeginRequest;

/**
 * That Redis was asked for an entry, and what it replied.
 *
 * @param arrival ticket drawn when the reader came
 * @param asked ticket drawn before Redis was asked
 * @param moment before Redis was asked, by {@link dev.freshet.cache.kept.KeptValues#now()}
 * @param begun {@link BeginReply#WITHOUT_REDIS} if it was not asked, or did not answer
 */
public record Question(long arrival, long asked, long moment, BeginRequest asking, BeginReply begun) {
    /** Whether an entry came back that is fresh enough. */
    public boolean isHit() {
        return begun.entry() != null;
    }
}
