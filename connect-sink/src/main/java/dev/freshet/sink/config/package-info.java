// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The connector's options: what they are, what is checked of them, and what they mean. */
package dev.freshet.sink.config;
