// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.pipeline.FormerMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evicts everything, because changes may have been missed. Safe to repeat, and to do from several tasks at once. */
public final class WholeNamespace {
    private static final Logger LOG = LoggerFactory.getLogger(WholeNamespace.class);

    private final Cache cache;
    private final Database database;
    private final SinkListener listener;
    private final List<String> keyGlobs;

    public WholeNamespace(Cache cache, Database database, Mapping mapping, SinkListener listener) {
        this.cache = cache;
        this.database = database;
        this.listener = listener;
        this.keyGlobs = mapping.entities().values().stream()
                .flatMap(entity -> entity.templates().stream())
                .map(KeyTemplate::glob)
                .distinct()
                .toList();
    }

    /** With the keys of this mapping alone. */
    void evict(String why) throws InterruptedException {
        evict(why, new FormerMapping(false, List.of()));
    }

    /**
     * What was missed has committed by now, but need not be visible yet: a reader could load the old value after the
     * purge. So it waits for all transactions that have an id.
     */
    void evict(String why, FormerMapping former) throws InterruptedException {
        LOG.warn("evicting the whole namespace, as changes may have been missed: {}", why);
        database.awaitOlderTransactions();
        var globs = new LinkedHashSet<>(keyGlobs);
        globs.addAll(former.keyGlobs());
        cache.recognise(database.patterns(former.keyRules()));
        cache.purge(globs, (fenceSets, keys) -> LOG.debug("purged {} fence sets, {} keys", fenceSets, keys));
        listener.purged(why);
    }
}
