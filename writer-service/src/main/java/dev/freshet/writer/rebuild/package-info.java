// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Works the context tables out from the log alone: to compare them, or to make them anew. */
package dev.freshet.writer.rebuild;
