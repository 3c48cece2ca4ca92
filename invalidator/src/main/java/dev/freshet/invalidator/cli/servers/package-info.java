// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What several of an operator's commands share: whom to ask, for how long, and how to ask a person. */
package dev.freshet.invalidator.cli.servers;
