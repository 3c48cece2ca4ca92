// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The log of a process: its format, its level, and no secrets in it. */
package dev.freshet.support.config.log;
