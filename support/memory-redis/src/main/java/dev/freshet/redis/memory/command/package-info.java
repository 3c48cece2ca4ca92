// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: keys and their values in memory, and Redis' commands on them, as far as the scripts and tests need them. */
package dev.freshet.redis.memory.command;
