// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import dev.freshet.core.plan.Eviction;
import dev.freshet.lab.plan.oracle.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The targets that some evictions cover, by name or by pattern. */
final class EvictedTargets {
    private final Set<String> named = new HashSet<>();
    private final Map<String, Pattern> patterns = new HashMap<>();

    EvictedTargets(List<List<Eviction>> evictions) {
        evictions.forEach(some -> some.forEach(eviction -> {
            String target = Target.named(eviction);
            if (target != null) {
                named.add(target);
            } else {
                Pattern pattern = Target.pattern(eviction);
                patterns.put(pattern.pattern(), pattern);
            }
        }));
    }

    boolean covers(String target) {
        return named.contains(target)
                || patterns.values().stream()
                        .anyMatch(pattern -> pattern.matcher(target).matches());
    }

    List<String> named() {
        return new ArrayList<>(named);
    }
}
