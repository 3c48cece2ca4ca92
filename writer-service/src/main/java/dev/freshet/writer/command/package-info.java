// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What the API can be asked to do: commands, run one after the other against what stands, all or nothing. */
package dev.freshet.writer.command;
