// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import java.util.List;

/** Names in a message, of which there may be too many to tell all. */
public final class FewNames {
    private static final int FEW = 3;

    private FewNames() {}

    /** The first few, and how many more there are. */
    public static String of(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(FEW, names.size())))
                + (names.size() > FEW ? " and " + (names.size() - FEW) + " more" : "");
    }
}
