package dev.descent.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/// A PostgreSQL server: one pool, READ COMMITTED, and no wait without an end.
///
/// A lock is waited for 5 seconds, an answer 10. A session that holds a transaction open and says nothing for 10
/// seconds, such as that of a stopped process, is ended by the server.
final class Postgres implements Database {

    private static final int CONNECTIONS = 10;
    private static final String SESSION = "set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '10s'";

    private final HikariDataSource pool;

    private Postgres(HikariDataSource pool) {
        this.pool = pool;
    }

    static Postgres open(DatabaseSettings settings) {
        String url = settings.requireUrl();
        try (Connection connection = DriverManager.getConnection(url, settings.properties())) {
            verify(connection, settings.place());
        } catch (SQLException e) {
            throw new DatabaseUnusable(
                    "The database " + settings.place() + " cannot be used: " + e.getMessage()
                            + (e.getCause() == null ? "" : " (" + e.getCause() + ")"),
                    "Start PostgreSQL there, or correct descent.database.url, .username and .password.");
        }
        var pool = new HikariConfig();
        pool.setPoolName("postgresql");
        pool.setJdbcUrl(url);
        pool.setDataSourceProperties(settings.properties());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(10_000);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setConnectionInitSql(SESSION);
        return new Postgres(new HikariDataSource(pool));
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public SQLExceptionTranslator exceptions() {
        return new PostgresExceptionTranslator();
    }

    @Override
    public String migrations() {
        return "classpath:db/migration/postgresql";
    }

    @Override
    public void close() {
        pool.close();
    }

    /// Lists go by ids, whose order has to be that of their characters.
    private static void verify(Connection connection, String place) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("""
                        select 'Z' < 'a' and 'a_b' < 'ab' and 'z' < '~' as by_code,
                               current_setting('server_encoding') as encoding
                        """)) {
            found.next();
            if (!found.getBoolean("by_code") || !found.getString("encoding").equals("UTF8")) {
                throw new DatabaseUnusable(
                        "The database " + place + " keeps text as " + found.getString("encoding") + " and sorts it by "
                                + (found.getBoolean("by_code") ? "character codes" : "the rules of a language")
                                + "; it has to be UTF8, sorted by character codes.",
                        "Make one with: create database descent template template0 encoding 'UTF8' locale 'C'");
            }
        }
    }
}
