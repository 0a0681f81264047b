package io.lightnvr.mqtt.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire from a client to a server on this machine, and what can go wrong with it. Nothing that TCP would deliver in the
 * end is taken away from a connection that lives: what is held back comes later, unless the connection breaks.
 */
public final class Wire implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final String name;
    private final int port;
    private final int target;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private Optional<Listener> listener = Optional.empty();
    private Duration delay = Duration.ZERO;
    private boolean silent;

    /**
     * A wire that carries everything.
     *
     * @param name for people
     * @param port where its client connects
     * @param target the server's port
     */
    public Wire(String name, int port, int target) {
        this.name = name;
        this.port = port;
        this.target = target;
        open();
    }

    public int port() {
        return port;
    }

    /** All is well from now on; connections that were half closed end. */
    public synchronized void open() {
        letThrough();
        lines.stream().filter(Line::isDeaf).forEach(Line::close);
        if (listener.isEmpty()) {
            ServerSocket socket = listen();
            listener = Optional.of(new Listener(socket, start(() -> accept(socket))));
        }
    }

    /** Breaks all connections, by RST; new ones are taken. */
    void cut() {
        lines.forEach(Line::reset);
    }

    /** Breaks all connections, and refuses new ones. */
    public void refuse() {
        hangUp();
        cut();
    }

    /** Everything comes this much later, chunk by chunk. */
    synchronized void slow(Duration by) {
        delay = by;
    }

    /** Nothing comes through; connections stay, and new ones are taken but not answered. */
    synchronized void silence() {
        silent = true;
    }

    /** Tells the client of each connection that nothing more will come, while what the client sends goes on. */
    void halfClose() {
        lines.forEach(Line::deafen);
    }

    @Override
    public void close() {
        hangUp();
        lines.forEach(Line::close);
        letThrough();
    }

    private synchronized void letThrough() {
        delay = Duration.ZERO;
        silent = false;
        notifyAll();
    }

    /** Until the thread that accepts has ended the system goes on taking connections. */
    private void hangUp() {
        Optional<Listener> ending;
        synchronized (this) {
            ending = listener;
            listener = Optional.empty();
        }
        ending.ifPresent(Listener::end);
    }

    private synchronized boolean carries(Line line) {
        return listener.isPresent() && lines.add(line);
    }

    private ServerSocket listen() {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("The wire " + name + " cannot listen", e);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket client = listening.accept();
                start(() -> connect(client));
            }
        } catch (IOException e) {
            // It was hung up.
        }
    }

    private void connect(Socket client) {
        try {
            passage();
            try (Line line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target), this::passage)) {
                if (carries(line)) {
                    start(line::carryAnswers);
                    line.carryQuestions();
                }
                lines.remove(line);
            }
        } catch (IOException e) {
            Line.closeNow(client);
        }
    }

    /** Waits until something may pass. */
    private void passage() {
        LockSupport.parkNanos(delay().toNanos());
        synchronized (this) {
            while (silent) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new AssertionError("Nobody interrupts a wire", e);
                }
            }
        }
    }

    private synchronized Duration delay() {
        return delay;
    }

    private Thread start(Runnable work) {
        Thread thread = new Thread(work, "wire " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private record Listener(ServerSocket socket, Thread thread) {

        void end() {
            Line.closeNow(socket);
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError("Nobody interrupts a wire", e);
            }
        }
    }
}
