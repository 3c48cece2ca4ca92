// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Text of others on a terminal: it is shown, and never obeyed. */
package dev.freshet.support.config.terminal;
