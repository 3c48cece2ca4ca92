// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import java.util.Optional;

/**
 * A key template that the catalogue suggests, and that only the user can want: it is written as a comment.
 *
 * @param when its condition
 */
public record DraftOffer(DraftKey key, Optional<String> when) {}
