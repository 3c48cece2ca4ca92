// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux,    amd64,   false, postgres-linux-x86_64.txz,              redis-server-7.0.15-linux-amd64",
        "Linux,    aarch64, false, postgres-linux-arm_64.txz,              redis-server-7.0.15-linux-arm64",
        "Linux,    amd64,   true,  postgres-linux-x86_64-alpine_linux.txz, redis-server-7.0.15-linux-amd64",
        "Linux,    aarch64, true,  postgres-linux-arm_64-alpine_linux.txz, redis-server-7.0.15-linux-arm64",
        "Mac OS X, x86_64,  false, postgres-darwin-x86_64.txz,             redis-server-7.0.15-darwin-amd64",
        "Mac OS X, aarch64, false, postgres-darwin-arm_64.txz,             redis-server-7.0.15-darwin-arm64",
    })
    void namesTheBinaries(String os, String arch, boolean musl, String postgres, String redis) {
        var platform = Platform.of(os, arch, musl);
        assertThat(platform.postgresArchive()).isEqualTo(postgres);
        assertThat(platform.redisBinary()).isEqualTo(redis);
    }
}
