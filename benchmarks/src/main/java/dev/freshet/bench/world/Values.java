// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.bench.history.Glimpse;
import dev.freshet.bench.history.Row;
import dev.freshet.context.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Parses values in the JSON form of the reader-service. Thread-safe. */
public final class Values {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    public Values(World world) {
        this.world = world;
    }

    /**
     * The member of a document that holds the version: the level's first letter, so that merged documents keep all
     * versions.
     */
    public static String member(Level level) {
        return level.label().substring(0, 1);
    }

    /**
     * What a value says about each row that it was computed from.
     *
     * @param json null if the row does not exist
     */
    public List<Glimpse> glimpses(View view, byte[] json) {
        if (json == null) {
            return List.of(Glimpse.missing(view.row()));
        }
        try {
            var value = JSON.readTree(json);
            return switch (view.kind()) {
                case OWN -> own(view.row(), value);
                case RESOLVED -> resolved(view.row(), value);
                case LIST -> list(view.row(), value);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + view, e);
        }
    }

    private List<Glimpse> own(Row row, JsonNode value) {
        var above = row.level().parent();
        var parent = above.isEmpty()
                ? null
                : world.row(above.get(), value.path("parent").asText());
        return List.of(Glimpse.shown(row, parent, version(row.level(), value)));
    }

    private List<Glimpse> resolved(Row row, JsonNode value) {
        var glimpses = new ArrayList<Glimpse>(4);
        Row parent = null;
        for (var link : value.path("chain")) {
            var level = Level.of(link.path("level").asText());
            var each = world.row(level, link.path("id").asText());
            glimpses.add(Glimpse.shown(each, parent, version(level, value)));
            parent = each;
        }
        if (parent != row) {
            throw new IllegalArgumentException("a chain that does not end at " + row + ": " + value);
        }
        return glimpses;
    }

    private List<Glimpse> list(Row row, JsonNode value) {
        var glimpses = new ArrayList<Glimpse>();
        glimpses.add(Glimpse.exists(row));
        var level = row.level().child().orElseThrow();
        var there = new HashSet<Row>();
        for (var item : value.path("items")) {
            var child = world.row(level, item.path("id").asText());
            there.add(child);
            glimpses.add(
                    Glimpse.named(child, row, Long.parseLong(item.path("name").asText())));
        }
        for (var child : world.treeOf(row).rows(level)) {
            if (!there.contains(child)) {
                glimpses.add(Glimpse.elsewhere(child, row));
            }
        }
        return glimpses;
    }

    private static long version(Level level, JsonNode value) {
        return value.path("document").path(member(level)).asLong(-1);
    }
}
