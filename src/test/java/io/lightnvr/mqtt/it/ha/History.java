package io.lightnvr.mqtt.it.ha;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Home Assistant's database of what was shown when, also from before it was restarted. It is written once a second, so
 * tests wait for what they look for.
 */
public final class History {

    private static final String STATES = """
            SELECT state FROM states JOIN states_meta USING (metadata_id)
            WHERE states_meta.entity_id = ?
            AND state IS NOT NULL ORDER BY state_id""";
    private static final String ATTRIBUTES = """
            SELECT DISTINCT shared_attrs FROM states JOIN states_meta USING (metadata_id)
            JOIN state_attributes USING (attributes_id)
            WHERE states_meta.entity_id = ?""";

    private final Path file;

    History(Path file) {
        this.file = file;
    }

    /** All states of an entity, the oldest first; one that only changed an attribute is a row too. */
    public List<String> states(String entityId) {
        return texts(STATES, entityId);
    }

    /** The different sets of attributes that an entity has had, each as JSON. */
    public List<String> attributes(String entityId) {
        return texts(ATTRIBUTES, entityId);
    }

    /** How many rows a table has, such as {@code states}, {@code state_attributes} or {@code statistics_short_term}. */
    public int rows(String table) {
        return Integer.parseInt(texts("SELECT count(*) FROM " + table).get(0));
    }

    private List<String> texts(String sql, String... parameters) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return texts(statement);
        } catch (SQLException e) {
            throw new AssertionError("Home Assistant's database: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(PreparedStatement statement) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
