// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Derives the context tables from the log alone, to compare or to rebuild them. */
package dev.freshet.writer.rebuild;
