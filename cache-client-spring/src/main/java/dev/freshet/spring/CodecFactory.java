// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.view.Codec;
import java.lang.reflect.Type;

/** Makes the codecs of Freshet caches. A bean of this type takes the place of the one that writes with Jackson. */
@FunctionalInterface
public interface CodecFactory {
    /**
     * A codec for the values of a method.
     *
     * @param cache the name of the cache
     * @param type what the method returns, without {@code Optional}; primitives as their classes
     */
    Codec<?> codec(String cache, Type type);
}
