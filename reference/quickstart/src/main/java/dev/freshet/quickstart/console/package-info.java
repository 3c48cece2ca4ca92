// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The terminal: colours, line widths, numbers and times as text. */
package dev.freshet.quickstart.console;
