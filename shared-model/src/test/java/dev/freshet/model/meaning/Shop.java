// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;

/** A mapping with every feature of the language in it. */
final class Shop {
    static final String YAML = """
            freshet: 1
            namespace: shop
            tags: true
            entities:
              region: { table: region, id: [land, code], isolate: owner, inherited: [name], ignored: [seen] }
              store:
                table: public.store
                id: store_id
                isolate: owner
                references: { region: [land, code], manager: { entity: staff, columns: [boss], to: [nr] } }
                parent: region
                inherited: [name, city]
                listed: [name]
                ignored: [seen, note]
                keys:
                  - "store:{store_id}"
                  - { key: "boss:{manager.name}", on: [] }
                resolved: [ "store:{store_id}:all" ]
                listing: [ "region:{land}:{code}:stores" ]
              staff:
                table: hr.staff
                id: nr
                isolate: owner
                references: { works: { entity: store, columns: [at], to: [store_id] } }
                parent: works
                keys:
                  - { key: "staff:{nr}", on: [name, phone], from: { works.region: [name], store(manager): [city] } }
              shelf:
                table: shelf
                id: [store_id, code]
                tags: false
                references: { store: store_id }
                keys: [ "shelf:{code}:{store.region.name}", "store:{store_id}:shelves" ]
              item: { table: item, id: id, tags: false, references: { shelf: [store_id, shelf] }, keys: [ "item:{shelf.code}:{{{id}}}" ] }
            """;

    private Shop() {}

    static Meaning meaning(String yaml) {
        return Meaning.of(MappingParser.parse("shop.yaml", new StringReader(yaml)));
    }

    /** The shop, with one text for another that must be there. */
    static String with(String text, String other) {
        String edited = YAML.replace(text, other);
        if (edited.equals(YAML)) {
            throw new IllegalArgumentException("the shop has no " + text);
        }
        return edited;
    }
}
