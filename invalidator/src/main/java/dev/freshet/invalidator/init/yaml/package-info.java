// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Text as YAML, and as comments in YAML. */
package dev.freshet.invalidator.init.yaml;
