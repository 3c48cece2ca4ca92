// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.model.mapping.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import java.util.Collection;

/**
 * Tells what the templates' keys look like. Asked anew before keys are looked for: a column may have got another type since.
 * It fails if the database does not answer.
 */
@FunctionalInterface
interface KeyPatternSource {
    /** @param others templates of another mapping, whose keys are looked for as well */
    KeyPatterns with(Collection<KeyRule> others);
}
