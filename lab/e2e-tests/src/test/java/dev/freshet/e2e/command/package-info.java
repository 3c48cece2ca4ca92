// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The command line and its documentation. */
package dev.freshet.e2e.command;
