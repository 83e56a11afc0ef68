package dev.descent.storage;

import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// A database server to work on. Nothing of it is ever printed but where the server is and the database's name: the
/// URL may hold a password too.
///
/// @param url `jdbc:postgresql://host:port/database`, with parameters of the driver if need be
record DatabaseSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {

    private static final String FORM =
            "Give jdbc:postgresql://host:port/database. Without any of descent.database.url, .username and .password"
                    + " the service keeps its rows in a file.";

    private static final Pattern KIND = Pattern.compile("jdbc:[A-Za-z0-9]{1,20}:|[A-Za-z0-9]{1,20}://");

    /// The URL, which is one of PostgreSQL's.
    String requireUrl() {
        if (url == null) {
            throw new DatabaseUnusable("A user or a password is given, but no descent.database.url.", FORM);
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            Matcher kind = KIND.matcher(url);
            throw new DatabaseUnusable(
                    "descent.database.url "
                            + (kind.lookingAt() ? "begins with '" + kind.group() + "'" : "is no JDBC URL")
                            + "; it has to begin with 'jdbc:postgresql:'.",
                    FORM);
        }
        // the driver would take a password before an @ for a port, and say in the log that it is none
        if (url.replaceFirst("[?].*", "").contains("@")) {
            throw new DatabaseUnusable(
                    "descent.database.url holds an @; user and password do not belong into it.",
                    "Give them as descent.database.username and descent.database.password.");
        }
        parts(url);
        return url;
    }

    /// What a message may say of it.
    String place() {
        Properties parts = parts(requireUrl());
        return "'" + parts.getProperty("PGDBNAME") + "' at " + parts.getProperty("PGHOST") + ", port "
                + parts.getProperty("PGPORT");
    }

    /// What the driver is told beside the URL, whose parameters win over these.
    Properties properties() {
        var properties = new Properties();
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "descent");
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[]";
    }

    private static Properties parts(String url) {
        Properties parts = Driver.parseURL(url, null);
        if (parts == null) {
            throw new DatabaseUnusable(
                    "descent.database.url begins with jdbc:postgresql: and then cannot be understood.", FORM);
        }
        return parts;
    }
}
