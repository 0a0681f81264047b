package io.lightnvr.mqtt.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens connections to a database. */
@FunctionalInterface
interface Connector {

    Connector SQLITE = SQLiteConfig::createConnection;

    Connection connect(SQLiteConfig config, String url) throws SQLException;
}
