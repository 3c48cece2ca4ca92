// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** YAML files as plain values that know their places. No file is read here. */
package dev.freshet.model.yaml;
