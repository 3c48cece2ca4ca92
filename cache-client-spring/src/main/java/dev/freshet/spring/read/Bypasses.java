// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts calls whose answers could not be stored, and says so once for each method. Thread-safe. */
public final class Bypasses {
    private static final Logger LOG = LoggerFactory.getLogger(Bypasses.class);

    private final Counter transaction;
    private final Counter part;
    private final Counter owners;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public Bypasses(MeterRegistry registry) {
        this.transaction = counter(registry, "transaction");
        this.part = counter(registry, "part");
        this.owners = counter(registry, "owners");
    }

    void inTransaction(String method) {
        transaction.increment();
        if (told.add(method)) {
            LOG.warn(
                    "{} was called within a transaction, where nothing can be stored: it may see an old snapshot, or what is"
                            + " never committed. Call it outside of @Transactional; counted in freshet.cache.bypassed, and not"
                            + " logged again",
                    method);
        }
    }

    void partOfAnother() {
        part.increment();
    }

    void mixed(String method) {
        owners.increment();
        if (told.add(method)) {
            LOG.warn(
                    "{} calls cached methods of another owner than its own, so its values cannot be stored: no entry can be"
                            + " evicted by changes of several owners. Cache the parts alone",
                    method);
        }
    }

    private static Counter counter(MeterRegistry registry, String reason) {
        return Counter.builder("freshet.cache.bypassed")
                .description("Number of calls of cached methods whose answer could not be stored")
                .tag("reason", reason)
                .register(registry);
    }
}
