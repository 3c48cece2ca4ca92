// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Influence;
import dev.freshet.core.stream.Row;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Maker;
import dev.freshet.invalidator.cli.explain.RowExplanation.Keys;
import dev.freshet.invalidator.cli.explain.RowExplanation.TemplateEffect;
import dev.freshet.invalidator.cli.recent.LastEviction;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Step.Times;
import dev.freshet.redis.cache.KeyProbe;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Explanations as JSON. What was not asked for, or not answered, is {@code {"unknown": why}}. */
final class ExplanationJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExplanationJson() {}

    static ObjectNode of(KeyExplanation key) {
        ObjectNode node = JSON.objectNode();
        node.put("key", key.key());
        key.entry().ifPresent(entry -> {
            ObjectNode of = node.putObject("entry");
            of.put("entity", entry.entity());
            of.put("id", entry.id());
            of.put("view", entry.view());
            of.put("tag", entry.tag());
        });
        node.put("reserved", key.reserved());
        node.put("typesKnown", key.untyped().isEmpty());
        ArrayNode templates = node.putArray("templates");
        key.makers().forEach(maker -> templates.add(maker(maker)));
        key.nearest().ifPresent(nearest -> {
            ObjectNode near = node.putObject("nearest");
            template(near, nearest.owner(), nearest.template());
            near.put("after", nearest.difference().at());
            near.put("expected", nearest.difference().expected());
            near.put("found", nearest.difference().found());
        });
        node.set("cached", asked(key.cached(), ExplanationJson::cached));
        node.set("lastEviction", asked(key.evicted(), ExplanationJson::evicted));
        return node;
    }

    private static ObjectNode maker(Maker maker) {
        ObjectNode node = JSON.objectNode();
        template(node, maker.owner(), maker.template());
        ArrayNode readings = node.putArray("values");
        for (List<String> reading : maker.readings()) {
            ObjectNode values = readings.addObject();
            List<String> paths = maker.paths();
            for (int i = 0; i < paths.size(); i++) {
                values.put(paths.get(i), reading.get(i));
            }
        }
        maker.query().ifPresent(query -> node.put("sql", query.sql()));
        node.set("rows", asked(maker.rows(), rows -> {
            ArrayNode list = JSON.arrayNode();
            rows.forEach(tuple -> list.add(tuple(maker, tuple)));
            return list;
        }));
        node.put("moreRows", maker.more());
        maker.doubt().ifPresent(doubt -> node.put("mayMissRows", doubt));
        ArrayNode influences = node.putArray("evictedBy");
        maker.influences().forEach(influence -> influences.add(influence(influence)));
        return node;
    }

    private static ArrayNode tuple(Maker maker, Row[] tuple) {
        ArrayNode rows = JSON.arrayNode();
        maker.query().orElseThrow().tablesRead().forEach(table -> {
            ObjectNode row = rows.addObject();
            row.put("entity", table.entity().name());
            row.put("table", table.entity().table().toString());
            row.set(
                    "id",
                    id(table.entity(), tuple[table.index()].get(table.entity().id())));
        });
        return rows;
    }

    static ObjectNode of(RowExplanation row) {
        ObjectNode node = JSON.objectNode();
        node.put("table", row.entity().table().toString());
        node.put("entity", row.entity().name());
        node.set("id", id(row.entity(), row.id()));
        node.set("exists", asked(row.exists(), JSON::booleanNode));
        ArrayNode templates = node.putArray("templates");
        row.templates().forEach(effect -> templates.add(effect(effect)));
        ArrayNode tags = node.putArray("tags");
        row.tags().forEach(effect -> {
            ObjectNode tag = tags.addObject();
            tag.put("when", effect.when());
            tag.set("evictions", evictions(effect.evictions()));
        });
        return node;
    }

    private static ObjectNode effect(TemplateEffect effect) {
        ObjectNode node = JSON.objectNode();
        template(node, effect.owner(), effect.template());
        ArrayNode influences = node.putArray("evictedBy");
        effect.influences().forEach(influence -> influences.add(influence(influence)));
        node.put("pattern", effect.template().glob());
        node.set("keys", asked(effect.keys(), ExplanationJson::keys));
        return node;
    }

    private static ObjectNode influence(Influence influence) {
        ObjectNode node = JSON.objectNode();
        node.put("entity", influence.node().entity().name());
        node.put("path", influence.node().path());
        if (influence.node().isWithin()) {
            node.put("within", true);
        }
        node.put("reason", influence.reason().toString());
        node.put("insert", true);
        node.put("delete", true);
        String columns = influence.columns().exclusive() ? "updateOfAllBut" : "updateOf";
        node.set(columns, list(influence.columns().names()));
        influence.condition().ifPresent(condition -> node.put("while", condition.toString()));
        node.set("moving", list(influence.moving()));
        ArrayNode route = node.putArray("route");
        influence.route().forEach(step -> {
            ObjectNode one = route.addObject();
            one.put("depth", step.depth());
            one.put("to", step.to().name());
            one.put("direction", step.up() ? "up" : "down");
            one.put("reference", step.reference());
            one.set("columns", list(step.near()));
            one.set("toColumns", list(step.far()));
            if (step.times() != Times.ONCE) {
                one.put("repeats", step.times().sign());
            }
        });
        return node;
    }

    private static ObjectNode keys(Keys keys) {
        ObjectNode node = JSON.objectNode();
        node.put("count", keys.count());
        node.put("counted", keys.counted());
        node.put("elsewhere", keys.elsewhere());
        node.set("first", evictions(keys.first()));
        return node;
    }

    private static ArrayNode evictions(List<Eviction> evictions) {
        ArrayNode list = JSON.arrayNode();
        evictions.forEach(eviction -> {
            ObjectNode node = list.addObject();
            node.put(eviction.kind().toString(), eviction.name());
            eviction.owner().ifPresent(owner -> node.put("isolate", owner.value()));
            node.put("reason", eviction.reason().toString());
        });
        return list;
    }

    private static JsonNode cached(Optional<KeyProbe.Found> found) {
        ObjectNode node = JSON.objectNode();
        node.put("exists", found.isPresent());
        found.ifPresent(entry -> {
            node.put("type", entry.type());
            entry.timeToLive().ifPresent(left -> node.put("ttlMillis", left.toMillis()));
        });
        return node;
    }

    private static JsonNode evicted(LastEviction last) {
        ObjectNode node = JSON.objectNode();
        node.put("transactions", last.transactions());
        last.since().ifPresent(since -> node.put("since", since.toString()));
        node.put("complete", last.complete());
        node.put("found", last.eviction().isPresent());
        last.eviction().ifPresent(told -> {
            node.put(told.kind(), told.name());
            node.put("reason", told.reason());
            node.put("table", told.table());
            node.put("operation", told.operation());
            ObjectNode id = node.putObject("id");
            told.id().forEach(id::put);
            node.put("txId", told.txId());
            node.put("position", told.position());
            node.put("committedAt", told.committedAt().toString());
            node.put("evictedAt", told.evictedAt().toString());
        });
        return node;
    }

    private static void template(ObjectNode node, EntityMapping owner, KeyTemplate template) {
        node.put("template", template.text());
        Wording.condition(template).ifPresent(when -> node.put("when", when));
        node.put("entity", owner.name());
        node.put("list", Wording.list(template));
        node.put("file", template.at().file());
        node.put("line", template.at().line());
    }

    private static ObjectNode id(EntityMapping entity, List<String> values) {
        ObjectNode id = JSON.objectNode();
        for (int i = 0; i < values.size(); i++) {
            id.put(entity.id().get(i), values.get(i));
        }
        return id;
    }

    private static ArrayNode list(Collection<String> texts) {
        ArrayNode list = JSON.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static <T> JsonNode asked(Asked<T> asked, Function<T, ? extends JsonNode> answer) {
        return asked.answer()
                .<JsonNode>map(answer)
                .orElseGet(() -> JSON.objectNode().put("unknown", asked.why()));
    }
}
