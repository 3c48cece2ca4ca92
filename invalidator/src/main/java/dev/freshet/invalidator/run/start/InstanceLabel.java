// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.start;

import dev.freshet.model.meaning.Meaning;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mapping and namespace of an instance, as contained in its {@code application_name} in PostgreSQL. Other instances
 * read it before they stand by.
 *
 * @param mapping the first digits of the hash of its mapping
 * @param namespace as far as it fits into the 63 characters of an {@code application_name}
 */
public record InstanceLabel(String mapping, String namespace) {
    private static final int DIGITS = 12;
    private static final int ROOM = 63 - "freshet control ".length() - DIGITS - 1;
    private static final Pattern SPELLED =
            Pattern.compile("freshet control ([0-9a-f]{" + DIGITS + "}) ([a-z][a-z0-9-]*)");

    public static InstanceLabel of(Meaning meaning) {
        String namespace = meaning.namespace();
        return new InstanceLabel(
                meaning.hash().substring(0, DIGITS), namespace.substring(0, Math.min(ROOM, namespace.length())));
    }

    /** Empty if the name has no such form, for example because it is from an older version. */
    static Optional<InstanceLabel> read(String applicationName) {
        Matcher matcher = SPELLED.matcher(applicationName);
        return matcher.matches()
                ? Optional.of(new InstanceLabel(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** The label, for the name of the connection that holds the lock. */
    public String purpose() {
        return "control " + mapping + " " + namespace;
    }

    /**
     * Why an instance with this label must not stand by for another; empty if it may.
     *
     * @param takeOver whether a different mapping is allowed
     */
    Optional<String> refusal(InstanceLabel other, String slot, boolean takeOver) {
        if (!namespace.equals(other.namespace)) {
            return Optional.of("another instance works on slot " + slot + " in namespace " + other.namespace
                    + "; this one's is " + namespace
                    + ". A slot has one namespace: give this instance a slot of its own"
                    + " with --slot, or the other's namespace");
        }
        if (!mapping.equals(other.mapping) && !takeOver) {
            return Optional.of("the mapping differs from that of the instance that works on slot " + slot + " ("
                    + mapping
                    + ", there " + other.mapping + "): the two would evict by different rules in turn. Stop the other"
                    + " one first; or give --take-over, and this one stands by, and evicts what differs when it takes"
                    + " over");
        }
        return Optional.empty();
    }
}
