// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Secrets, and how they are kept out of logs and messages. */
package dev.freshet.support.config.secret;
