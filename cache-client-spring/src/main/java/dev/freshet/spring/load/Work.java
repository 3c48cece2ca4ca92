// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.load;

/** Something to be run, that may fail. */
@FunctionalInterface
public interface Work<T> {
    T run() throws Exception;
}
