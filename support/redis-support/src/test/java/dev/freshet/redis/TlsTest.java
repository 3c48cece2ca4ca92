// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import static dev.freshet.redis.Links.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.backend.BackendKind;
import dev.freshet.devservices.tls.TestCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, with a certificate that nobody has signed: it is trusted where the JVM's trust store has it. */
class TlsTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    @Test
    void anUnknownCertificateIsRefusedAndATrustedOneIsNot() throws Exception {
        var certificate = TestCertificate.selfSigned("ip:127.0.0.1");
        int port = freePort();
        try (var server = RedisServer.start(withTls(port, certificate));
                var link = Links.of("rediss://" + server.host() + ":" + port, () -> {})) {
            assertThat(link.open(PATIENCE)).isTrue();
            assertThat(link.isConnected()).isFalse();
            trust(certificate);
            await().atMost(PATIENCE).until(link::isConnected);
            assertThat(link.commands().ping().get()).isEqualTo("PONG");
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        var certificate = TestCertificate.selfSigned("dns:redis.example");
        trust(certificate);
        int port = freePort();
        try (var server = RedisServer.start(withTls(port, certificate));
                var link = Links.of("rediss://" + server.host() + ":" + port, () -> {})) {
            assertThat(link.open(PATIENCE)).isTrue();
            assertThat(link.isConnected()).isFalse();
        }
    }

    private void trust(TestCertificate certificate) {
        System.setProperty(TRUST_STORE_PASSWORD, TestCertificate.PASSWORD);
        System.setProperty(
                TRUST_STORE, certificate.trustStore(folder.resolve("trust.p12")).toString());
    }

    private RedisOptions withTls(int port, TestCertificate server) throws IOException {
        assumeTrue(DevServices.report().way() == BackendKind.LOCAL, "a container does not see the certificate's files");
        var key = Files.writeString(folder.resolve("redis.key"), server.key());
        var certificate = Files.writeString(folder.resolve("redis.crt"), server.certificate());
        return RedisOptions.defaults()
                .directive("tls-port " + port)
                .directive("tls-key-file \"" + key + "\"")
                .directive("tls-cert-file \"" + certificate + "\"")
                .directive("tls-auth-clients no");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
