// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Output on a terminal, or into a file. */
package dev.freshet.lab.terminal;
