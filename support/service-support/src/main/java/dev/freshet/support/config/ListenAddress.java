// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * The address that a process listens on, with the names of its settings.
 *
 * @param hostSetting the variable that names the host, such as {@code FRESHET_HOST}
 * @param port 0 for any free port
 */
public record ListenAddress(String hostSetting, String portSetting, String host, int port) {
    private static final int MOST = 65_535;
    private static final int FIRST_FOR_EVERYBODY = 1024;

    /** @throws ConfigException if the port is out of range */
    public ListenAddress {
        if (port < 0 || port > MOST) {
            throw ConfigException.bad(portSetting, Integer.toString(port), "a port, 0 to " + MOST);
        }
    }

    /** The reason why the address could not be bound. */
    public ConfigException refused() {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return ConfigException.badSecret(
                    hostSetting, "is '" + host + "', which is not known here", "an address of this machine");
        }
        if (!isOurs(address)) {
            return ConfigException.badSecret(
                    hostSetting, "is '" + host + "', which is another machine", "an address of this machine");
        }
        return port > 0 && port < FIRST_FOR_EVERYBODY
                ? ConfigException.bad(
                        portSetting,
                        Integer.toString(port),
                        "a port that is free on " + host + " and that this user may listen on, such as one from "
                                + FIRST_FOR_EVERYBODY)
                : ConfigException.badSecret(
                        portSetting,
                        "is " + port + ", and another process listens at " + host + ":" + port,
                        "a free port; 0 takes any");
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // it cannot be told
        }
    }
}
