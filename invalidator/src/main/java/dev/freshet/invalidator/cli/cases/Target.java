// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Eviction.Kind;
import dev.freshet.protocol.Isolate;

/**
 * What an eviction names.
 *
 * @param isolate of a tag that has an owner; null for all others
 */
record Target(Kind kind, String isolate, String name) {
    static Target of(Eviction eviction) {
        return new Target(eviction.kind(), eviction.owner().map(Isolate::value).orElse(null), eviction.name());
    }

    @Override
    public String toString() {
        return (kind == Kind.KEY ? "" : kind + " ") + name + (isolate == null ? "" : " of " + isolate);
    }
}
