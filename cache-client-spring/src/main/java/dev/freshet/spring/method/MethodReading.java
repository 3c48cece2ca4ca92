// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.spring.CodecFactory;
import dev.freshet.spring.ConsistencyText;
import dev.freshet.spring.FreshetSetupException;
import dev.freshet.spring.ReadConsistency;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;

/** Understands a {@code @Cacheable} method: by the configuration, its annotations and the mapping. Immutable. */
public final class MethodReading {
    private static final int NONE = -1;

    private final Map<String, CacheSettings> settings;
    private final MappingRules mapping;
    private final CodecFactory codecs;

    public MethodReading(Map<String, CacheSettings> settings, MappingRules mapping, CodecFactory codecs) {
        this.settings = Map.copyOf(settings);
        this.mapping = mapping;
        this.codecs = codecs;
    }

    /** @throws FreshetSetupException if something about it is missing, or wrong */
    public CachedMethod read(Method method, Class<?> targetClass, CacheableOperation operation, String where) {
        var cache = operation.getCacheNames().iterator().next();
        var configured = settings.getOrDefault(cache, CacheSettings.NONE);
        var definition = Definition.of(cache, configured, method, mapping);
        if (definition == null) {
            throw Refusals.undefined(where, cache);
        }
        boolean keyed = StringUtils.hasText(operation.getKey()) || StringUtils.hasText(operation.getKeyGenerator());
        var parameters = new Parameters(method, where);
        int owner = definition.owner().isEmpty() ? NONE : parameters.place(definition.owner(), "the owner");
        int[] id = keyed ? null : id(definition, parameters, owner);
        try {
            var type = ValueType.of(method, targetClass, where);
            var views = views(definition, codec(cache, type), configured.format());
            views.apply(EntryNames.text(cache));
            check(definition, id, owner >= 0, where);
            return new CachedMethod(
                    where,
                    cache,
                    operation,
                    definition,
                    views,
                    EntryNames.text(cache),
                    id,
                    owner,
                    keyed ? new int[0] : parameters.others(id, owner),
                    TagRules.of(method, parameters, mapping, where),
                    consistency(method, configured, where),
                    type.isOptional());
        } catch (IllegalArgumentException e) {
            throw Refusals.view(where, e);
        }
    }

    private int[] id(Definition definition, Parameters parameters, int owner) {
        return definition.id().isEmpty()
                ? parameters.allBut(owner, "the id")
                : parameters.places(definition.id(), "the id");
    }

    private void check(Definition definition, int[] id, boolean owned, String where) {
        int columns = mapping.columns(definition.entity());
        if (id != null && (id.length == 0 || columns >= 0 && columns != id.length)) {
            throw Refusals.columns(where, definition.entity(), Math.max(columns, 1), id.length);
        }
        String problem = mapping.ownerProblem(definition.entity(), owned);
        if (problem != null) {
            throw Refusals.owner(where, problem);
        }
    }

    private Function<String, CacheView<Object>> views(Definition definition, Codec<Object> codec, int format) {
        return name -> {
            var view = mapping.view(definition, name, codec);
            return format > 1 ? view.format(format) : view;
        };
    }

    @SuppressWarnings("unchecked")
    private Codec<Object> codec(String cache, ValueType type) {
        return (Codec<Object>) codecs.codec(cache, type.type());
    }

    private static Consistency consistency(Method method, CacheSettings configured, String where) {
        var annotation = AnnotatedElementUtils.findMergedAnnotation(method, ReadConsistency.class);
        String text = configured.consistency() != null
                ? configured.consistency()
                : annotation == null ? null : annotation.value();
        if (text == null) {
            return null;
        }
        var level = ConsistencyText.parse(text);
        if (level instanceof Consistency.Session) {
            throw new FreshetSetupException(
                    where + " asks for level session, whose position nobody can know beforehand.",
                    "Take eventual, bounded or strong: a request has a session by itself.");
        }
        return level;
    }
}
