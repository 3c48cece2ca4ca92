// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

/** A command that cannot be done as things stand. Sending it again is of no use unless something else changes first. */
public final class Refusal extends RuntimeException {
    private static final int NO_OPERATION = -1;

    /** Why. */
    public enum Kind {
        /** It, or its parent, does not exist, or belongs to another user: the same answer to both. */
        NOT_FOUND,
        /** Another version stands than was expected. */
        VERSION_CONFLICT,
        /** A value that cannot be stored. */
        BAD_VALUE,
        /** A document would become, or several together are, too large. */
        TOO_LARGE
    }

    private final Kind kind;
    private final String field;
    private final Long standingVersion;
    private final int operation;

    private Refusal(Kind kind, String field, String reason, Long standingVersion, int operation) {
        super(reason, null, false, false);
        this.kind = kind;
        this.field = field;
        this.standingVersion = standingVersion;
        this.operation = operation;
    }

    public static Refusal notFound(String field, String reason) {
        return new Refusal(Kind.NOT_FOUND, field, reason, null, NO_OPERATION);
    }

    public static Refusal conflict(String reason, Long standingVersion) {
        return new Refusal(Kind.VERSION_CONFLICT, "version", reason, standingVersion, NO_OPERATION);
    }

    public static Refusal badValue(String field, String reason) {
        return new Refusal(Kind.BAD_VALUE, field, reason, null, NO_OPERATION);
    }

    public static Refusal tooLarge(String field, String reason) {
        return new Refusal(Kind.TOO_LARGE, field, reason, null, NO_OPERATION);
    }

    /** The same, said of one operation of a bulk, counted from 0. */
    Refusal of(int index) {
        return new Refusal(kind, field, getMessage(), standingVersion, index);
    }

    public Kind kind() {
        return kind;
    }

    /** The part of the request that is at fault. */
    public String field() {
        return field;
    }

    /** For a conflict: the version that stands; null if nothing does. */
    public Long standingVersion() {
        return standingVersion;
    }

    /** Which operation of a bulk it was, from 0; -1 if none in particular. */
    public int operation() {
        return operation;
    }
}
