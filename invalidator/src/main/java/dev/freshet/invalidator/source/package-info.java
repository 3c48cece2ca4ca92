// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What PostgreSQL must have for a capture: publication, slot, rights; and what shows that changes may have been missed. */
package dev.freshet.invalidator.source;
