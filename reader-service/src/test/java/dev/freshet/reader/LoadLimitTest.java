// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.support.http.ApiException;
import org.junit.jupiter.api.Test;

class LoadLimitTest {
    @Test
    void refusesOneLoadTooManyAndTakesTheNext() {
        var limit = new LoadLimit(1);
        limit.run(() -> {
            assertThatThrownBy(() -> limit.run(() -> "too many"))
                    .isInstanceOfSatisfying(ApiException.class, refusal -> {
                        assertThat(refusal.problem().status()).isEqualTo(503);
                        assertThat(refusal.headers()).containsEntry("Retry-After", "1");
                    });
            return "fits";
        });
        assertThat(limit.run(() -> "next")).isEqualTo("next");
    }

    @Test
    void givesThePlaceBackAfterAFailure() {
        var limit = new LoadLimit(1);
        assertThatThrownBy(() -> limit.run(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(limit.run(() -> "next")).isEqualTo("next");
    }
}
