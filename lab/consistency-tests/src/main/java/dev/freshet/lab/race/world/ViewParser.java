// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Observation;
import dev.freshet.lab.race.history.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Parses values in the JSON form of the reader-service. Thread-safe. */
public final class ViewParser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    public ViewParser(World world) {
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
    public List<Observation> observations(View view, byte[] json) {
        if (json == null) {
            return List.of(Observation.missing(view.row()));
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

    private List<Observation> own(Row row, JsonNode value) {
        var above = row.level().parent();
        var parent = above.isEmpty()
                ? null
                : world.row(above.get(), value.path("parent").asText());
        return List.of(Observation.shown(row, parent, version(row.level(), value)));
    }

    private List<Observation> resolved(Row row, JsonNode value) {
        var observations = new ArrayList<Observation>(4);
        Row parent = null;
        for (var link : value.path("chain")) {
            var level = Level.of(link.path("level").asText());
            var each = world.row(level, link.path("id").asText());
            observations.add(Observation.shown(each, parent, version(level, value)));
            parent = each;
        }
        if (parent != row) {
            throw new IllegalArgumentException("a chain that does not end at " + row + ": " + value);
        }
        return observations;
    }

    private List<Observation> list(Row row, JsonNode value) {
        var observations = new ArrayList<Observation>();
        observations.add(Observation.exists(row));
        var level = row.level().child().orElseThrow();
        var there = new HashSet<Row>();
        for (var item : value.path("items")) {
            var child = world.row(level, item.path("id").asText());
            there.add(child);
            observations.add(Observation.named(
                    child, row, Long.parseLong(item.path("name").asText())));
        }
        for (var child : world.treeOf(row).rows(level)) {
            if (!there.contains(child)) {
                observations.add(Observation.elsewhere(child, row));
            }
        }
        return observations;
    }

    private static long version(Level level, JsonNode value) {
        return value.path("document").path(member(level)).asLong(-1);
    }
}
