package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.command.Fsck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed right before each system call that changes something on the disk, one after the other, while a
/// client uploads, trains and deletes. After each kill everything that was acknowledged is there. K2 of the proofs.
///
/// Writes are many: every `descent.proof.stride`-th of them is tried, and every call of the other kinds, or every
/// fourth
/// where the stride is above 20. A stride of 1 tries all.
@Proof
class CrashPointsTest {

    private static final List<String> CALLS =
            List.of("/^rename", "fsync", "fdatasync", "/^unlink", "ftruncate", "pwrite64", "write");

    private static final int STRIDE = Integer.getInteger("descent.proof.stride", 40);
    private static final int FEW_STRIDE = STRIDE > 20 ? 4 : 1;
    private static final int MOST = 500;

    /// One thread answers and one trains, so that their calls can be counted.
    static final String[] ONE_OF_EACH = {
        "--spring.threads.virtual.enabled=false",
        "--server.tomcat.threads.max=1",
        "--server.tomcat.threads.min-spare=1",
        "--descent.training.workers=1",
        "--descent.training.crash-limit=1000",
        "--descent.blob-grace=0s"
    };

    /// Tomcat starts the threads that answer before its others.
    static final String ANSWERING = "http-nio-127.0.";

    static final String TRAINING = "trainer-1";

    @TempDir
    Path folder;

    private final Session session = new Session();
    private final TreeMap<String, Integer> kills = new TreeMap<>();

    @Test
    void nothingAcknowledgedIsMissingWhereverTheServiceIsKilled() throws Exception {
        if (!Strace.isInstalled()) {
            return;
        }
        Path data = folder.resolve("data");
        ServiceProcess service = ServiceProcess.startLight(data, ONE_OF_EACH);
        try {
            session.run(service.api(), true); // every class is loaded, the thread that answers has its name
            for (String thread : List.of(ANSWERING, TRAINING)) {
                for (String call : CALLS) {
                    int stride = call.contains("write") ? STRIDE : FEW_STRIDE;
                    for (int when = 1; when <= MOST; when += stride) {
                        if (!killed(service, thread, call, when)) {
                            break;
                        }
                        kills.merge(thread + " " + call, 1, Integer::sum);
                        Fsck fsck = Fsck.of(data);
                        assertThat(fsck.clean())
                                .as(call + " " + when + "\n" + fsck.output())
                                .isTrue();
                        service = ServiceProcess.startLight(data, ONE_OF_EACH);
                        session.verify(service.api());
                    }
                }
            }
            assertThat(service.terminate()).isIn(0, 143);
        } finally {
            service.close();
        }
        service = ServiceProcess.startLight(data, ONE_OF_EACH); // sweeps what no row names
        service.terminate();
        Fsck fsck = Fsck.of(data);
        System.out.printf(
                "Killed before a system call: %s; together %d times. Acknowledged %d, missing 0; fsck afterwards: %d"
                        + " left over%n",
                kills,
                kills.values().stream().mapToInt(Integer::intValue).sum(),
                session.acknowledged(),
                fsck.leftovers().size());
        assertThat(kills).as("calls that were met").isNotEmpty();
        assertThat(fsck.clean()).isTrue();
        assertThat(fsck.leftovers()).isEmpty();
    }

    private boolean killed(ServiceProcess service, String thread, String call, int when)
            throws IOException, InterruptedException {
        try (Strace strace = Strace.kill(Strace.thread(service.processId(), thread), call, when)) {
            session.run(service.api(), when % 5 == 0);
            return service.endsWithin(Duration.ofMillis(500));
        }
    }
}
