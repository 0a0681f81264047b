package io.lightnvr.mqtt.broker.paho;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts the sleeps of a Paho client that connects. It starts three threads, one after the other, and sleeps 100 ms whenever one does not
 * run at once, which none does: 300 ms until it sends its CONNECT. It ignores an interrupt of that sleep, and looks again.
 */
final class StartSleeps implements Runnable {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Paho's own pace takes over, where a machine is too busy to start three threads. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Thread connecting;

    private StartSleeps(Thread connecting) {
        this.connecting = connecting;
    }

    /** Cuts the sleeps of the thread that calls this, which is Paho's, until that thread has sent its CONNECT and ends. */
    static void cut() {
        Thread cutting = new Thread(new StartSleeps(Thread.currentThread()), "broker-start");
        cutting.setDaemon(true);
        cutting.start();
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        while (connecting.isAlive() && System.nanoTime() - start < LONGEST_NANOS) {
            LockSupport.parkNanos(STEP_NANOS);
            if (connecting.getState() == Thread.State.TIMED_WAITING) {
                connecting.interrupt();
            }
        }
    }
}
