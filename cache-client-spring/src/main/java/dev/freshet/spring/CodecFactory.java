// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.view.Codec;
import java.lang.reflect.Type;

/** Makes the codecs of Freshet caches. A bean of this type replaces the default one, which uses Jackson. */
@FunctionalInterface
public interface CodecFactory {
    /**
     * Makes a codec for the values of a method.
     *
     * @param cache the name of the cache
     * @param type what the method returns, without {@code Optional}; for a primitive type, its wrapper class
     */
    Codec<?> codec(String cache, Type type);
}
