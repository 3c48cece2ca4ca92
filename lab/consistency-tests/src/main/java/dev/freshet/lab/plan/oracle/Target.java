// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.oracle;

import dev.freshet.core.plan.Eviction;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.regex.Pattern;

/** Spells the targets of evictions as text: a key, or a tag with its isolate. */
public final class Target {
    private static final String KEY = "key ";
    private static final String TAG = "tag ";
    /** Separates isolate and tag; it appears in neither. */
    private static final char END = '\u0000';

    private Target() {}

    public static String key(String key) {
        return KEY + key;
    }

    static String tag(Isolate isolate, Tag tag) {
        return TAG + isolate + END + tag;
    }

    public static boolean isKey(String target) {
        return target.startsWith(KEY);
    }

    /** The isolate of a tag. */
    public static Isolate isolate(String tag) {
        String owner = tag.substring(TAG.length(), tag.indexOf(END));
        return owner.equals(Isolate.SHARED.toString()) ? Isolate.SHARED : Isolate.of(owner);
    }

    /** The tag without its isolate. */
    public static Tag tag(String tag) {
        return new Tag(tag.substring(tag.indexOf(END) + 1));
    }

    /** The form for people to read; for a key, the key itself. */
    public static String text(String target) {
        return isKey(target) ? target.substring(KEY.length()) : target.replace(END, ' ');
    }

    /** The target that an eviction names, or null for a pattern. */
    public static String named(Eviction eviction) {
        if (eviction instanceof Eviction.OfKey key) {
            return key(key.key());
        }
        return eviction instanceof Eviction.OfTag tag ? tag(tag.isolate(), tag.tag()) : null;
    }

    /**
     * A regex for what a pattern eviction matches. Supports only what the planner uses in globs: the star, and the
     * backslash as escape.
     */
    public static Pattern pattern(Eviction eviction) {
        boolean keys = eviction instanceof Eviction.OfKeys;
        String glob = keys ? ((Eviction.OfKeys) eviction).glob() : ((Eviction.OfTags) eviction).glob();
        var regex = new StringBuilder(keys ? KEY : TAG + "[^" + END + "]*" + END);
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else {
                regex.append(Pattern.quote(String.valueOf(c == '\\' ? glob.charAt(++i) : c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
