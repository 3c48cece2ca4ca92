// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.model.context.Context;
import dev.freshet.model.context.ContextId;

/**
 * What a command came to.
 *
 * @param context as it stands afterwards; null if it was deleted
 * @param created whether the command made it
 */
public record Outcome(ContextId id, Context context, boolean created) {}
