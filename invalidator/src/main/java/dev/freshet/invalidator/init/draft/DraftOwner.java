// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import java.util.Optional;

/**
 * The column that probably holds the owner of a row.
 *
 * @param why what speaks for it
 * @param needs the statement without which it cannot be used, if any
 */
public record DraftOwner(String column, String why, Optional<String> needs) {}
