// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory;

import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.protocol.PushHandler;
import java.util.Collection;
import java.util.List;

/** Nothing is pushed: the Redis in memory tracks no keys. */
enum NoPushes implements PushHandler {
    INSTANCE;

    @Override
    public void addListener(PushListener listener) {}

    @Override
    public void removeListener(PushListener listener) {}

    @Override
    public Collection<PushListener> getPushListeners() {
        return List.of();
    }
}
