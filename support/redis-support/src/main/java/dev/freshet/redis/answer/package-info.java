// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What Redis answers, and why it does not. */
package dev.freshet.redis.answer;
