// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

/** A command cannot be carried out in the current state. Retrying does not help unless something else changes first. */
public final class Refusal extends RuntimeException {
    private static final int NO_OPERATION = -1;

    /** Why the command was refused. */
    public enum Kind {
        /** The context or its parent does not exist, or belongs to another user. Both cases get the same answer. */
        NOT_FOUND,
        /** The context is at another version than expected. */
        VERSION_CONFLICT,
        /** A value cannot be stored. */
        BAD_VALUE,
        /** A document would become too large, or several documents together are too large. */
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

    /** The same refusal, attributed to one operation of a bulk request. The index starts at 0. */
    Refusal of(int index) {
        return new Refusal(kind, field, getMessage(), standingVersion, index);
    }

    public Kind kind() {
        return kind;
    }

    /** The part of the request that is wrong. */
    public String field() {
        return field;
    }

    /** For a conflict, the current version; null if the context does not exist. */
    public Long standingVersion() {
        return standingVersion;
    }

    /** The index of the operation in a bulk request, from 0; -1 if the refusal is not about one operation. */
    public int operation() {
        return operation;
    }
}
