// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

/** Is told what is going on, in one line that the next one replaces. */
@FunctionalInterface
public interface Progress {
    void tell(String line);
}
