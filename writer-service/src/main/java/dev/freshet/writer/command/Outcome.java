// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Context;
import dev.freshet.context.ContextId;

/**
 * The result of a command.
 *
 * @param context the context after the command; null if it was deleted
 * @param created whether the command created it
 */
public record Outcome(ContextId id, Context context, boolean created) {}
