package dev.descent.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.storage.command.Fsck;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// System calls that write fail, one after the other: every answer is true, nothing is lost, and the service needs no
/// help to go on. K5 of the proofs.
///
/// With a `descent.proof.stride` of 20 or less every call is made to fail, otherwise the first few of each kind.
@Proof
class DiskFaultsTest {

    static final List<String> CALLS =
            List.of("/^rename", "fsync", "fdatasync", "pwrite64", "/^mkdir", "/^unlink", "ftruncate");

    private static final int LAST = Integer.getInteger("descent.proof.stride", 40) > 20 ? 3 : 500;

    @TempDir
    Path folder;

    private final Session session = new Session();

    @Test
    void everyAnswerIsTrueWhicheverCallFails() throws Exception {
        if (!Strace.isInstalled()) {
            return;
        }
        Path data = folder.resolve("data");
        int failures = 0;
        try (ServiceProcess service = ServiceProcess.startLight(data, properties())) {
            Http api = service.api();
            session.run(api, true);
            for (String thread : List.of(CrashPointsTest.ANSWERING, CrashPointsTest.TRAINING)) {
                long tid = Strace.thread(service.processId(), thread);
                for (String call : CALLS) {
                    for (String error : List.of("EIO", "ENOSPC")) {
                        failures += sweep(service, tid, call, error);
                    }
                }
            }
            session.verify(api);
            assertThat(service.terminate()).isIn(0, 143);
        }
        try (ServiceProcess service = ServiceProcess.startLight(data, properties())) {
            session.verify(service.api());
            service.terminate();
        }
        Fsck fsck = Fsck.of(data);
        System.out.printf(
                "Failing system calls: %d tried; answers that acknowledged %d, refused 507 %d, broke off %d; false"
                        + " acknowledgements 0; fsck: %d left over%n",
                failures,
                session.acknowledged(),
                session.refused(),
                session.unknown(),
                fsck.leftovers().size());
        assertThat(fsck.clean()).as(fsck.output()).isTrue();
        assertThat(fsck.leftovers()).isEmpty();
    }

    /// Makes call 1, 2, ... fail as long as there are such calls; returns how many.
    private int sweep(ServiceProcess service, long tid, String call, String error) throws IOException {
        for (int when = 1; ; when++) {
            boolean met;
            try (Strace strace = Strace.fail(tid, call, error, when)) {
                session.run(service.api(), when % 5 == 0);
                met = strace.met();
            }
            awaitRecovery(service);
            if (!met || when == LAST) {
                return met ? when : when - 1;
            }
        }
    }

    static void awaitRecovery(ServiceProcess service) {
        var root = new Http(service.address());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> root.any(HttpRequest.newBuilder().GET(), "/actuator/health")
                                .statusCode()
                        == 200);
    }

    private static String[] properties() {
        return Stream.concat(
                        Arrays.stream(CrashPointsTest.ONE_OF_EACH), Stream.of("--descent.storage.probe-interval=50ms"))
                .toArray(String[]::new);
    }
}
