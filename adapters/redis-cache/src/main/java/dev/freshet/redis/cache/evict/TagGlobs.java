// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.evict;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tag globs of a batch, for one scan of the key space. Their only wildcard is {@code *}. If the WAL does not
 * contain the owner of a deleted row, each row gives a glob of its own, without any {@code *}.
 */
final class TagGlobs {
    private final Map<String, Target> exact = new HashMap<>();
    private final Map<Pattern, Target> open = new LinkedHashMap<>();
    private final String widest;

    /** @param globs at least one */
    TagGlobs(Collection<Target> globs) {
        String common = null;
        for (Target target : globs) {
            String glob = target.name();
            int star = glob.indexOf('*');
            if (star < 0) {
                exact.put(glob, target);
            } else {
                open.put(Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"), Pattern.DOTALL), target);
            }
            String begin = star < 0 ? glob : glob.substring(0, star);
            common = common == null ? begin : commonPrefix(common, begin);
        }
        widest = globs.size() == 1 ? globs.iterator().next().name() : common + "*";
    }

    private static String commonPrefix(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    /** One glob that matches every tag that any of them matches, and perhaps more. */
    String widest() {
        return widest;
    }

    /** The first glob that matches this tag. */
    Optional<Target> of(String tag) {
        Target target = exact.get(tag);
        return target != null
                ? Optional.of(target)
                : open.entrySet().stream()
                        .filter(glob -> glob.getKey().matcher(tag).matches())
                        .map(Map.Entry::getValue)
                        .findFirst();
    }
}
