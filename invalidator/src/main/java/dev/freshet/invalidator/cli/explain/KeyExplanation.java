// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Influence;
import dev.freshet.core.plan.join.Join;
import dev.freshet.core.stream.Row;
import dev.freshet.invalidator.cli.recent.LastEviction;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.pattern.KeyReader.Difference;
import dev.freshet.postgres.tables.KeyQuery;
import dev.freshet.redis.cache.KeyProbe;
import java.util.List;
import java.util.Optional;

/**
 * Where a key comes from.
 *
 * @param typed whether the types of the columns are known: without them a column may hold anything
 * @param entry what the key is, if it is an entry of cache-client
 * @param reserved whether its name is one of Freshet's own, but not that of an entry
 * @param makers the templates that can have made the key
 * @param nearest the template that makes the keys most like it, if none makes the key itself and it is not Freshet's
 * @param cached empty in the answer: the key does not exist
 */
record KeyExplanation(
        String key,
        boolean typed,
        Optional<Entry> entry,
        boolean reserved,
        List<Maker> makers,
        Optional<Nearest> nearest,
        Asked<Optional<KeyProbe.Found>> cached,
        Asked<LastEviction> evicted) {

    /**
     * An entry of cache-client.
     *
     * @param prefix with which keys of the same owner begin
     * @param id as it stands in keys and tags
     */
    record Entry(String prefix, String entity, String id, String view) {
        /** The tag of the row itself. Readers may have registered the entry under further ones. */
        String tag() {
            return entity + ":" + id;
        }
    }

    /**
     * A template that can have made the key.
     *
     * @param readings the values that the columns of the key may have, in the order of the template
     * @param rows joined rows that make the key now, by the index of their table
     * @param more whether there may be more of them
     */
    record Maker(
            EntityMapping owner,
            Join join,
            List<List<String>> readings,
            KeyQuery query,
            Asked<List<Row[]>> rows,
            boolean more) {
        KeyTemplate template() {
            return join.template();
        }

        /** How changes make the key stale, table by table. */
        List<Influence> influences() {
            return join.nodes().stream().map(node -> new Influence(join, node)).toList();
        }
    }

    /** The template that makes the keys most like it. */
    record Nearest(EntityMapping owner, KeyTemplate template, Difference difference) {}
}
