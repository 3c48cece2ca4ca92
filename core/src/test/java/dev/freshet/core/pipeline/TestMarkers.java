// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Masters;
import java.util.ArrayList;
import java.util.List;

/** Remembers which markers came back. */
final class TestMarkers implements Markers {
    final List<String> returned = new ArrayList<>();
    Masters held;

    @Override
    public void returned(String content) {
        returned.add(content);
    }

    @Override
    public Masters held() {
        return held;
    }
}
