// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import dev.freshet.lab.bench.subject.SubjectMain;

/** What is measured: Freshet, and what it is compared with. */
public enum Subject {
    /** The process {@code freshet invalidator run}, with its default settings. */
    FRESHET("freshet"),
    /** The same where readers use tags. */
    FRESHET_TAGS("freshet-tags"),
    /** The same with a small heap. */
    FRESHET_SMALL("freshet-small"),
    /** {@link SubjectMain#FLOOR}: what the others are compared with. */
    FLOOR(SubjectMain.FLOOR),
    /** {@link SubjectMain#DEBEZIUM}. */
    DEBEZIUM(SubjectMain.DEBEZIUM),
    /** {@link SubjectMain#DEBEZIUM_UNLINK}. */
    DEBEZIUM_UNLINK(SubjectMain.DEBEZIUM_UNLINK),
    /** {@link SubjectMain#DEBEZIUM_DEFAULTS}. */
    DEBEZIUM_DEFAULTS(SubjectMain.DEBEZIUM_DEFAULTS),
    /** {@link SubjectMain#LISTEN}. */
    LISTEN(SubjectMain.LISTEN),
    /** {@link SubjectMain#TTL}. */
    TTL(SubjectMain.TTL);

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    /** Its name in reports. */
    public String label() {
        return label;
    }

    /** Whether it deletes keys. */
    public boolean evicts() {
        return this != DEBEZIUM;
    }

    /** Whether it reads from a replication slot. */
    public boolean streams() {
        return this != LISTEN && this != TTL;
    }

    /** Whether it is Freshet, in whatever way it is used. */
    public boolean isFreshet() {
        return this == FRESHET || this == FRESHET_TAGS || this == FRESHET_SMALL;
    }
}
