// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import dev.freshet.core.cache.EvictionReport;
import dev.freshet.sink.evict.SinkListener;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of a task. Thread-safe. */
public final class SinkMetrics implements SinkMetricsMBean, SinkListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkMetrics.class);

    private final AtomicLong records = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();
    private final AtomicLong purges = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong putOff = new AtomicLong();
    private volatile long unreadableValues;
    private volatile long lastCommit;
    private volatile String lastPurge = "";
    private volatile String waitingFor = "";
    private ObjectName name;

    /** Shows them in JMX. If that fails, it is logged, and the task works without. */
    public void show(String connector, String task) {
        try {
            name = new ObjectName(
                    "dev.freshet:type=connect-sink,connector=" + ObjectName.quote(connector) + ",task=" + task);
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
        } catch (JMException e) {
            LOG.warn("no meters in JMX: {}", e.toString());
            name = null;
        }
    }

    @Override
    public void close() {
        if (name != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            } catch (JMException e) {
                LOG.debug("unregistering meters failed: {}", e.toString());
            }
        }
    }

    void worked(int count, int unreadableRecords, long values, long commitMillis) {
        records.addAndGet(count);
        unreadable.addAndGet(unreadableRecords);
        unreadableValues = values;
        lastCommit = Math.max(lastCommit, commitMillis);
        waitingFor = "";
    }

    void putOff(String why) {
        putOff.incrementAndGet();
        waitingFor = why;
    }

    @Override
    public void evicted(EvictionReport report) {
        evictions.addAndGet(report.asked());
        removed.addAndGet(report.entries() + report.keys());
    }

    @Override
    public void purged(String why) {
        purges.incrementAndGet();
        lastPurge = why;
    }

    @Override
    public long getRecords() {
        return records.get();
    }

    @Override
    public long getEvictions() {
        return evictions.get();
    }

    @Override
    public long getRemoved() {
        return removed.get();
    }

    @Override
    public long getPurges() {
        return purges.get();
    }

    @Override
    public String getLastPurge() {
        return lastPurge;
    }

    @Override
    public long getUnreadableRecords() {
        return unreadable.get();
    }

    @Override
    public long getUnreadableValues() {
        return unreadableValues;
    }

    @Override
    public long getPutOff() {
        return putOff.get();
    }

    @Override
    public String getWaitingFor() {
        return waitingFor;
    }

    @Override
    public long getLastCommitMillis() {
        return lastCommit;
    }
}
