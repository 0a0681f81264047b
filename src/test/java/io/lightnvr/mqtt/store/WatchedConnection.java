package io.lightnvr.mqtt.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A real connection, but something happens before and after whatever the database is told to do. */
final class WatchedConnection {

    private final Watcher watcher;

    /** May throw what a database throws; the method is one of JDBC's {@code execute...}. */
    interface Watcher {
        void at(String method) throws SQLException;
    }

    private WatchedConnection(Watcher watcher) {
        this.watcher = watcher;
    }

    static Connection of(Connection real, Watcher watcher) {
        return new WatchedConnection(watcher).watched(Connection.class, real);
    }

    private <T> T watched(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean acts = method.getName().startsWith("execute");
                    if (acts) {
                        watcher.at(method.getName());
                    }
                    Object result = call(real, method, arguments);
                    if (acts) {
                        watcher.at(method.getName());
                    }
                    return result instanceof PreparedStatement statement
                            ? watched(PreparedStatement.class, statement)
                            : result instanceof Statement statement ? watched(Statement.class, statement) : result;
                }));
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
