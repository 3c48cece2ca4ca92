// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The commands of the API. The commands of a request run one after the other against the current state, all or nothing.
 */
package dev.freshet.writer.command;
