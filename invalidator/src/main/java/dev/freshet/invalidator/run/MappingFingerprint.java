// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A hash of what a mapping says, whatever its text looks like. */
final class MappingFingerprint {
    private MappingFingerprint() {}

    static String of(Mapping mapping) {
        var said = new ArrayList<Object>(List.of(mapping.namespace()));
        mapping.entities().values().forEach(entity -> said.add(said(entity)));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(said.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> said(EntityMapping entity) {
        var said = new ArrayList<Object>(List.of(
                entity.name(),
                entity.table(),
                entity.id(),
                entity.isolate(),
                entity.parent().map(Reference::name),
                entity.inherited(),
                entity.listed(),
                entity.ignored(),
                entity.tags()));
        entity.references().forEach(to -> said.add(List.of(to.name(), to.entity(), to.columns(), to.to())));
        entity.templates().forEach(key -> said.add(List.of(key.role(), key.text(), key.on(), key.from())));
        return said;
    }
}
