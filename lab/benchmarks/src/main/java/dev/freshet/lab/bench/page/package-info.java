// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench report}: results as a page for readers, with charts. */
package dev.freshet.lab.bench.page;
