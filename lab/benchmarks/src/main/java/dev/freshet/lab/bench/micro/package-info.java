// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet bench jmh}: the inner loops alone, measured by JMH. */
package dev.freshet.lab.bench.micro;
