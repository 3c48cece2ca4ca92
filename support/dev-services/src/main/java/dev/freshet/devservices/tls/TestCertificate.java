// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.tls;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * A key and its certificate, of an authority or of a server, valid for a day. Immutable. All methods throw
 * {@link DevServicesException} if this JVM cannot make what they return.
 */
public final class TestCertificate {
    /** The password of {@link #trustStore trust stores}. */
    public static final String PASSWORD = "changeit";

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("2a8648ce3d040302"));
    private static final byte[] COMMON_NAME = Der.identifier("550403");
    private static final byte[] BASIC_CONSTRAINTS = Der.identifier("551d13");
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.identifier("551d11");
    private static final byte[] VERSION_3 = Der.tagged(0xa0, Der.integer(BigInteger.TWO));

    private final PrivateKey key;
    private final X509Certificate certificate;

    private TestCertificate(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** An authority, whose certificate nobody has signed but itself. */
    public static TestCertificate authority() {
        var keys = keys();
        var isAuthority = Der.sequence(BASIC_CONSTRAINTS, Der.TRUE, Der.octets(Der.sequence(Der.TRUE)));
        return made(keys, "Authority", isAuthority, keys.getPrivate(), name("Authority"));
    }

    /**
     * A server's certificate, which nobody has signed but itself.
     *
     * @param names of the server, such as {@code ip:127.0.0.1} and {@code dns:localhost}
     */
    public static TestCertificate selfSigned(String... names) {
        var keys = keys();
        return made(keys, "server", alternatives(names), keys.getPrivate(), name("server"));
    }

    /**
     * A server's certificate, signed by this authority.
     *
     * @param names of the server, such as {@code ip:127.0.0.1} and {@code dns:localhost}
     */
    public TestCertificate signed(String... names) {
        return made(
                keys(),
                "server",
                alternatives(names),
                key,
                certificate.getSubjectX500Principal().getEncoded());
    }

    /** The private key, PEM. */
    public String key() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The certificate, PEM. */
    public String certificate() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new DevServicesException("a certificate cannot be encoded", e);
        }
    }

    /** Writes a trust store of type PKCS12 with this certificate alone. Returns the file. */
    public Path trustStore(Path file) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("trusted", certificate);
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, PASSWORD.toCharArray());
            return Files.write(file, bytes.toByteArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new DevServicesException("cannot write a trust store to " + file, e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new DevServicesException("cannot make a key", e);
        }
    }

    private static TestCertificate made(
            KeyPair keys, String subject, byte[] extension, PrivateKey issuersKey, byte[] issuer) {
        var now = Instant.now();
        var told = Der.sequence(
                VERSION_3,
                Der.integer(new BigInteger(63, new Random())),
                ECDSA_WITH_SHA256,
                issuer,
                Der.sequence(Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(Duration.ofDays(1)))),
                name(subject),
                keys.getPublic().getEncoded(),
                Der.tagged(0xa3, Der.sequence(extension)));
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuersKey);
            signature.update(told);
            var whole = Der.sequence(told, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
            return new TestCertificate(keys.getPrivate(), certificate);
        } catch (GeneralSecurityException e) {
            throw new DevServicesException("cannot make a certificate", e);
        }
    }

    private static byte[] name(String common) {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(common))));
    }

    private static byte[] alternatives(String... names) {
        var encoded = List.of(names).stream().map(TestCertificate::alternative).toArray(byte[][]::new);
        return Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octets(Der.sequence(encoded)));
    }

    private static byte[] alternative(String name) {
        var value = name.substring(name.indexOf(':') + 1);
        try {
            return name.startsWith("ip:")
                    ? Der.tagged(0x87, InetAddress.getByName(value).getAddress())
                    : Der.tagged(0x82, value.getBytes(StandardCharsets.US_ASCII));
        } catch (UnknownHostException e) {
            throw new DevServicesException(name + " is no address", e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }
}
