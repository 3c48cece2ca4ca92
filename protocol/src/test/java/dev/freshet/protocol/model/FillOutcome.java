// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/** The answers of fill.lua. */
enum FillOutcome {
    STORED("stored"),
    LOST("refused: another fence set"),
    OLD("refused: old token"),
    FENCED("refused: fenced"),
    UNCOVERED("refused: a tag that nobody evicts");

    final String text;

    FillOutcome(String text) {
        this.text = text;
    }
}
