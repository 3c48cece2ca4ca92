// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import java.util.Collection;

/**
 * Provides the patterns of the templates' keys. It is called each time before keys are searched for, because the type
 * of a column may have changed. Fails if the database does not answer.
 */
@FunctionalInterface
public interface KeyPatternSource {
    /** @param others templates of another mapping, whose keys are searched for as well */
    KeyPatterns with(Collection<KeyRule> others);
}
