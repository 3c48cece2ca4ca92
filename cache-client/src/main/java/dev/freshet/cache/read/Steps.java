// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.read;

import dev.freshet.cache.store.EntryAddress;
import dev.freshet.protocol.Isolate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** Divides entries into what one script asks for: those of one isolate, and not too many. */
final class Steps {
    /** Redis does nothing else while a script runs. */
    private static final int MOST = 100;

    private Steps() {}

    static List<List<EntryAddress>> of(Collection<EntryAddress> entries) {
        var isolates = new LinkedHashMap<Isolate, List<EntryAddress>>();
        for (var entry : entries) {
            isolates.computeIfAbsent(entry.isolate(), owner -> new ArrayList<>())
                    .add(entry);
        }
        var steps = new ArrayList<List<EntryAddress>>();
        for (var all : isolates.values()) {
            for (int from = 0; from < all.size(); from += MOST) {
                steps.add(all.subList(from, Math.min(all.size(), from + MOST)));
            }
        }
        return steps;
    }
}
