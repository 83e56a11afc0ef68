package dev.descent.system;

import dev.descent.system.Http.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client that uploads, submits, cancels, pauses, resumes and deletes at random while the service is killed under
/// it, and knows what it was promised.
final class KillLoopClient {

    private static final int UNFINISHED = 3;
    private static final long PAUSE_NANOS = 15_000_000;

    /// Whether something was done for sure, or perhaps.
    enum Done {
        NO,
        PERHAPS,
        YES
    }

    /// A dataset or a job that was asked for under a key, which is its name too.
    static final class Wanted {
        final String key;
        final String body;
        final int spec;
        volatile @Nullable String id;
        volatile Done cancelled = Done.NO;
        volatile Done deleted = Done.NO;

        Wanted(String key, String body, int spec) {
            this.key = key;
            this.body = body;
            this.spec = spec;
        }

        String sha256() {
            return KillLoopClient.sha256(body);
        }
    }

    private final String name;
    private final Random random;
    private final History history;
    private final Supplier<Http> api;
    private final List<String> specs;
    final List<Wanted> datasets = new ArrayList<>();
    final List<Wanted> jobs = new ArrayList<>();
    private final Set<String> finished = new HashSet<>();
    private int count;

    KillLoopClient(String name, long seed, History history, Supplier<Http> api, List<String> specs) {
        this.name = name;
        this.random = new Random(seed);
        this.history = history;
        this.api = api;
        this.specs = specs;
    }

    /// Does one thing after the other until no answer comes.
    void work() {
        boolean answered = settle();
        while (answered) {
            LockSupport.parkNanos(random.nextLong(2 * PAUSE_NANOS));
            answered = act();
        }
    }

    /// Asks again, under the same key, for what may have been created or not.
    boolean settle() {
        for (Wanted dataset : datasets) {
            if (dataset.id == null && !upload(dataset)) {
                return false;
            }
        }
        for (Wanted job : jobs) {
            if (job.id == null && !submit(job)) {
                return false;
            }
        }
        return true;
    }

    private boolean act() {
        int choice = random.nextInt(100);
        if (choice < 20) {
            var dataset = new Wanted(name + "-data-" + count++, csv(), 0);
            datasets.add(dataset);
            return upload(dataset);
        } else if (choice < 50) {
            if (jobs.stream().filter(this::open).count() >= UNFINISHED) {
                return look();
            }
            int spec = random.nextInt(specs.size());
            String key = name + "-job-" + count++;
            var job = new Wanted(key, specs.get(spec).replace("NAME", key), spec);
            jobs.add(job);
            return submit(job);
        } else if (choice < 58) {
            return any(jobs).map(this::cancel).orElse(true);
        } else if (choice < 72) {
            return any(jobs).map(job -> steer(job, "pause")).orElse(true);
        } else if (choice < 90) {
            return any(jobs).map(job -> steer(job, "resume")).orElse(true);
        } else if (choice < 95) {
            return any(jobs).map(job -> delete(job, "/training-jobs/", 204)).orElse(true);
        }
        return any(datasets).map(data -> delete(data, "/datasets/", 204)).orElse(true);
    }

    private boolean open(Wanted job) {
        return job.deleted == Done.NO && job.cancelled == Done.NO && !finished.contains(job.key);
    }

    /// Looks which jobs have ended.
    private boolean look() {
        for (Wanted job : jobs) {
            if (open(job) && job.id != null) {
                Optional<Answer> answer = ask("read " + job.key, () -> api.get().read("/training-jobs/" + job.id));
                if (answer.isEmpty()) {
                    return false;
                }
                if (answer.get().status() == 200
                        && List.of("SUCCEEDED", "FAILED", "CANCELLED")
                                .contains(answer.get().field("state"))) {
                    finished.add(job.key);
                }
            }
        }
        return true;
    }

    private boolean upload(Wanted dataset) {
        Optional<Answer> answer = ask(
                "upload " + dataset.key,
                () -> api.get()
                        .exchange(api.get()
                                .request("/datasets?name=" + dataset.key)
                                .headers("Content-Type", "text/csv", "Idempotency-Key", dataset.key)
                                .POST(BodyPublishers.ofString(dataset.body))));
        answer.filter(given -> given.status() == 201).ifPresent(given -> dataset.id = given.field("id"));
        return answer.isPresent();
    }

    private boolean submit(Wanted job) {
        Optional<Answer> answer =
                ask("submit " + job.key, () -> api.get().ask("/training-jobs", job.body, "Idempotency-Key", job.key));
        answer.filter(given -> given.status() == 202).ifPresent(given -> job.id = given.field("id"));
        return answer.isPresent();
    }

    private boolean cancel(Wanted job) {
        Optional<Answer> answer = ask("cancel " + job.key, () -> api.get().ask("/training-jobs/" + job.id + "/cancel"));
        job.cancelled = after(job.cancelled, answer, 202);
        return answer.isPresent();
    }

    private boolean steer(Wanted job, String verb) {
        return ask(verb + " " + job.key, () -> api.get().ask("/training-jobs/" + job.id + "/" + verb))
                .isPresent();
    }

    private boolean delete(Wanted thing, String path, int status) {
        Optional<Answer> answer = ask("delete " + thing.key, () -> api.get().delete(path + thing.id));
        thing.deleted = after(thing.deleted, answer, status);
        return answer.isPresent();
    }

    private static Done after(Done before, Optional<Answer> answer, int status) {
        if (answer.isEmpty()) {
            return before == Done.NO ? Done.PERHAPS : before;
        }
        return answer.get().status() == status ? Done.YES : before;
    }

    private Optional<Answer> ask(String what, Supplier<Answer> request) {
        return history.ask(name, what, request);
    }

    private Optional<Wanted> any(List<Wanted> things) {
        List<Wanted> there = things.stream().filter(thing -> thing.id != null).toList();
        return there.isEmpty() ? Optional.empty() : Optional.of(there.get(random.nextInt(there.size())));
    }

    private String csv() {
        var text = new StringBuilder("x,y\n");
        for (int row = 10 + random.nextInt(200); row > 0; row--) {
            text.append(random.nextInt(1000))
                    .append(',')
                    .append(random.nextGaussian())
                    .append('\n');
        }
        return text.toString();
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
