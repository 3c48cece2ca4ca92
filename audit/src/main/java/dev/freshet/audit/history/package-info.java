// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What the invalidator did recently, transaction by transaction, in bounded memory. */
package dev.freshet.audit.history;
