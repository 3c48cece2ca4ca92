// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

/** What JMX shows of a task, as {@code dev.freshet:type=connect-sink,connector=…,task=…}. Counts are since its start. */
public interface SinkMetricsMBean {
    /** Records that were given to the task, redelivered ones included. */
    long getRecords();

    /** Tags, keys and patterns that Redis was asked to evict. */
    long getEvictions();

    /** Entries and keys that were there and are gone. */
    long getRemoved();

    /** How often the whole namespace was evicted. */
    long getPurges();

    /** Why it was the last time; empty if it never was. */
    String getLastPurge();

    /** Records that could not be read, and were answered by evicting more. */
    long getUnreadableRecords();

    /** Values of columns that could not be read. */
    long getUnreadableValues();

    /** Batches that were put off, to be tried again. */
    long getPutOff();

    /** Why the last batch was put off; empty if it was not. */
    String getWaitingFor();

    /** The commit time of the last change that was evicted, in ms since 1970; 0 if there was none. */
    long getLastCommitMillis();
}
