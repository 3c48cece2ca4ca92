// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.recent;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A key whose eviction is sought.
 *
 * @param patterns those that evict the key
 * @param tag a tag that evicts the key; empty if none is known
 * @param isolate whether the tag's eviction in an isolate concerns the key; the isolate is null for shared tags
 */
public record Sought(String key, Set<String> patterns, Optional<String> tag, Predicate<String> isolate) {
    public Sought {
        patterns = Set.copyOf(patterns);
    }

    /** @param kind as {@code /recent} tells it */
    boolean isEvictedBy(String kind, String name, String owner) {
        return switch (kind) {
            case "key" -> name.equals(key);
            case "keys" -> patterns.contains(name);
            case "tag" -> tag.filter(name::equals).isPresent() && isolate.test(owner);
            case "tags" -> tag.filter(of -> matches(name, of)).isPresent();
            default -> false;
        };
    }

    /** A pattern of tags has one star at most. */
    private static boolean matches(String glob, String name) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return glob.equals(name);
        }
        String end = glob.substring(star + 1);
        return name.length() >= glob.length() - 1 && name.startsWith(glob.substring(0, star)) && name.endsWith(end);
    }
}
