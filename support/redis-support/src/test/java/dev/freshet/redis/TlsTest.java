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
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, with a certificate that nobody has signed: it is trusted where the JVM's trust store has it. */
class TlsTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    @Test
    void anUnknownCertificateIsRefusedAndATrustedOneIsNot() throws Exception {
        var store = certificate("ip:127.0.0.1");
        int port = freePort();
        try (var server = RedisServer.start(withTls(port, store));
                var link = Links.of("rediss://" + server.host() + ":" + port, () -> {})) {
            assertThat(link.open(PATIENCE)).isTrue();
            assertThat(link.isConnected()).isFalse();
            trust(store);
            await().atMost(PATIENCE).until(link::isConnected);
            assertThat(link.commands().ping().get()).isEqualTo("PONG");
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        var store = certificate("dns:redis.example");
        trust(store);
        int port = freePort();
        try (var server = RedisServer.start(withTls(port, store));
                var link = Links.of("rediss://" + server.host() + ":" + port, () -> {})) {
            assertThat(link.open(PATIENCE)).isTrue();
            assertThat(link.isConnected()).isFalse();
        }
    }

    private static void trust(Path store) {
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
        System.setProperty(TRUST_STORE, store.toString());
    }

    /** A key store with a key and its own certificate. */
    private Path certificate(String host) throws IOException, InterruptedException {
        var store = folder.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + host)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        return store;
    }

    private RedisOptions withTls(int port, Path store) throws Exception {
        assumeTrue(DevServices.report().way() == BackendKind.LOCAL, "a container does not see the certificate's files");
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var key =
                pem("PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        var certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        return RedisOptions.defaults()
                .directive("tls-port " + port)
                .directive("tls-key-file \"" + key + "\"")
                .directive("tls-cert-file \"" + certificate + "\"")
                .directive("tls-auth-clients no");
    }

    private Path pem(String what, byte[] encoded) throws IOException {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                folder.resolve(what + ".pem"),
                "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
