package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.status.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class LogTeeTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LogLines lines = new LogLines();
    private final LogTee tee = new LogTee(out, lines);

    private void write(String text) throws IOException {
        tee.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> texts() {
        return lines.last().stream().map(LogLines.Line::text).toList();
    }

    @Test
    void passesOnEveryByte() throws IOException {
        tee.write(0xff);
        tee.write(new byte[] {1, 2, 3, 4}, 1, 2);
        write("ä\r\n");
        tee.flush();

        assertThat(out.toByteArray()).startsWith(0xff, 2, 3).endsWith("ä\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void knowsTheTimeAndTheLevelOfALine() throws IOException {
        write("2026-11-29 06:31:23.123 WARN BrokerLink - The broker - is away\n");

        assertThat(lines.last())
                .containsExactly(new LogLines.Line("2026-11-29 06:31:23.123", "WARN", "The broker - is away"));
    }

    @Test
    void keepsALineThatContinuesAnother() throws IOException {
        write("java.io.IOException: gone\n\tat here\r\n\n");

        assertThat(lines.last())
                .containsExactly(
                        new LogLines.Line("", "", "java.io.IOException: gone"),
                        new LogLines.Line("", "", "\tat here"),
                        new LogLines.Line("", "", ""));
    }

    @Test
    void aLineBeginsInOneWriteAndEndsInAnother() throws IOException {
        write("be");
        assertThat(texts()).isEmpty();
        byte[] letter = "ä".getBytes(StandardCharsets.UTF_8);
        tee.write(letter[0]);
        tee.write(letter[1]);
        write("n\nand");

        assertThat(texts()).containsExactly("beän");
    }

    @Test
    void cutsALongLine() throws IOException {
        write("x".repeat(4_000) + "\n" + "x".repeat(4_001) + "\nnext\n");
        for (int i = 0; i < 5_000; i++) {
            tee.write('y');
        }
        tee.write('\n');

        assertThat(texts()).containsExactly("x".repeat(4_000), "x".repeat(4_000), "next", "y".repeat(4_000));
        assertThat(out.size()).isEqualTo(8_001 + 2 + 5 + 5_001);
    }

    @Test
    void aFaultOfOneWhoFollowsDoesNotReachTheLogger() throws IOException {
        lines.follow(line -> {
            throw new IllegalStateException("a fault");
        });

        write("one\ntwo\n");

        assertThat(texts()).containsExactly("one", "two");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
    }

    @Test
    void keepsTheLinesThoughTheyCannotBePassedOn() throws IOException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        };
        LogTee broken = new LogTee(closed, lines);

        assertThatThrownBy(() -> broken.write("one\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        new PrintStream(broken, true, StandardCharsets.UTF_8).println("two");

        assertThat(texts()).containsExactly("one", "two");
    }

    @Test
    void keepsWholeLinesOfManyWhoLogAtOnce() throws Exception {
        PrintStream err = new PrintStream(tee, true, StandardCharsets.UTF_8);
        CyclicBarrier begin = new CyclicBarrier(4);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String line = Integer.toString(i).repeat(50);
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                for (int j = 0; j < 25; j++) {
                    err.print(line + "\n");
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(texts()).hasSize(100).allMatch(text -> text.matches("(\\d)\\1{49}"));
    }
}
