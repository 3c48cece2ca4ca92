// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Coalescer;
import dev.freshet.core.plan.Influence;
import dev.freshet.core.plan.join.Join;
import dev.freshet.core.stream.Row;
import dev.freshet.invalidator.cli.recent.LastEviction;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.Path;
import dev.freshet.model.mapping.pattern.KeyReader;
import dev.freshet.model.mapping.pattern.KeyReader.Difference;
import dev.freshet.postgres.tables.KeyQuery;
import dev.freshet.redis.cache.KeyProbe;
import java.util.List;
import java.util.Optional;

/**
 * Where a key comes from.
 *
 * @param untyped why the types of the columns are not known, so that a column may hold anything; empty if they are
 * @param entry what the key is, if it is an entry of cache-client
 * @param reserved whether its name is one of Freshet's own, but not that of an entry
 * @param makers the templates that can have made the key
 * @param nearest the template that makes the keys most like it, if none makes the key itself and it is not Freshet's
 * @param cached empty in the answer: the key does not exist
 */
record KeyExplanation(
        String key,
        String untyped,
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
     * @param readings the texts that the key may have in place of the template's paths, in their order; empty if they
     *     cannot be told
     * @param query finds the rows; empty if they cannot be told from the key
     * @param rows joined rows that make the key now, by the index of their table
     * @param more whether there may be more of them
     * @param doubt why rows that make the key may be missing; empty if none is
     */
    record Maker(
            EntityMapping owner,
            Join join,
            List<List<String>> readings,
            Optional<KeyQuery> query,
            Asked<List<Row[]>> rows,
            boolean more,
            Optional<String> doubt) {
        KeyTemplate template() {
            return join.template();
        }

        /** The paths of the template with their functions, in their order. */
        List<String> paths() {
            return template().parts().stream()
                    .filter(Path.class::isInstance)
                    .map(part -> KeyReader.text((Path) part))
                    .toList();
        }

        /** How changes make the key stale, table by table. */
        List<Influence> influences() {
            return join.nodes().stream().map(node -> new Influence(join, node)).toList();
        }
    }

    /**
     * How changes make the key stale by a template, without what changes of the same row do by another template, which has
     * a more specific reason: the row itself is not related to itself.
     */
    List<Influence> influences(Maker maker) {
        return maker.influences().stream()
                .filter(one -> makers.stream()
                        .flatMap(other -> other.influences().stream())
                        .noneMatch(other -> says(other, one)))
                .toList();
    }

    private static boolean says(Influence other, Influence one) {
        return other.node().entity().name().equals(one.node().entity().name())
                && other.join().template() != one.join().template()
                && !other.join().template().isConditional()
                && Coalescer.isMoreTelling(other.reason(), one.reason())
                && other.columns().containsAll(one.columns());
    }

    /** The template that makes the keys most like it. */
    record Nearest(EntityMapping owner, KeyTemplate template, Difference difference) {}
}
