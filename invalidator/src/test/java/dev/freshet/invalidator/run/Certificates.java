// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority made for one test, and certificates that it signed. Made with the JDK's keytool. */
final class Certificates {
    static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final Path store;
    private int servers;

    /** @param folder empty; everything is written there */
    Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("store.p12");
        keytool("-genkeypair", "-alias", AUTHORITY, "-keyalg", "EC", "-dname", "CN=Authority", "-ext", "bc:c");
        keytool("-exportcert", "-rfc", "-alias", AUTHORITY, "-file", authority().toString());
        keytool(
                folder.resolve("trust.p12"),
                List.of(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        AUTHORITY,
                        "-file",
                        authority().toString()));
    }

    /** The certificate of the authority, PEM. */
    Path authority() {
        return folder.resolve("ca.crt");
    }

    /** A trust store with the authority alone. */
    Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /**
     * A server's key and certificate.
     *
     * @param key PEM
     * @param certificate PEM
     */
    record Server(String key, String certificate) {}

    /** @param names of the server, as keytool takes them: {@code ip:127.0.0.1,dns:localhost} */
    Server server(String names) throws Exception {
        String alias = "server" + ++servers;
        Path request = folder.resolve(alias + ".csr");
        Path signed = folder.resolve(alias + ".crt");
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=server");
        keytool("-certreq", "-alias", alias, "-file", request.toString());
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                AUTHORITY,
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-ext",
                "san=" + names);
        keytool("-importcert", "-noprompt", "-alias", alias, "-file", signed.toString());
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new Server(
                pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()),
                pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
    }

    private static String pem(String what, byte[] encoded) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        keytool(store, List.of(arguments));
    }

    private void keytool(Path keystore, List<String> arguments) throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        words.addAll(arguments);
        words.addAll(List.of("-keystore", keystore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = folder.resolve("keytool.log");
        var made = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(made.waitFor(RunFixture.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(made.exitValue()).as(Files.readString(log)).isZero();
    }
}
