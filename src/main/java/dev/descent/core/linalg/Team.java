package dev.descent.core.linalg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A few threads that share one piece of work at a time; the caller is one of them.
///
/// The others spin briefly for the next piece and then park. Who calls [#run] must be one thread; [#close] ends the
/// others.
public final class Team implements AutoCloseable {

    /// A piece of work that splits into any number of parts without changing its result.
    public interface Part {
        void part(int index, int parts);
    }

    private static final int SPINS = 20_000;
    private static final VarHandle PENDING;

    static {
        try {
            PENDING = MethodHandles.lookup().findVarHandle(Team.class, "pending", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Thread[] others;
    private @Nullable Part work; // published by `round`
    private volatile long round; // how many pieces were handed out; negative when the team has closed
    private volatile int pending; // others that have not finished the piece of this round
    private volatile @Nullable Throwable failure;

    private Team(int size) {
        others = new Thread[size - 1];
        for (int i = 0; i < others.length; i++) {
            int index = i + 1;
            others[i] = Thread.ofPlatform()
                    .daemon()
                    .name("team-" + index)
                    .priority(Thread.currentThread().getPriority())
                    .unstarted(() -> serve(index));
        }
        for (Thread other : others) {
            other.start();
        }
    }

    /// A team of `size` threads, the caller included.
    public static Team of(int size) {
        return new Team(size);
    }

    public int size() {
        return others.length + 1;
    }

    /// Runs every part of `piece` and returns when all are done; what a part throws is thrown here.
    public void run(Part piece) {
        int parts = size();
        work = piece;
        pending = others.length;
        round = round + 1;
        for (Thread other : others) {
            LockSupport.unpark(other);
        }
        try {
            piece.part(0, parts);
        } finally {
            awaitOthers();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw new IllegalStateException("a thread of the team failed", thrown);
        }
    }

    /// Spins while the others run on cores of their own; where they wait for this one, it makes room.
    private void awaitOthers() {
        for (int spin = 0; pending > 0; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void serve(int index) {
        long done = 0;
        while (true) {
            for (int spin = 0; round == done; spin++) {
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (round < 0) {
                return;
            }
            done++;
            try {
                Part piece = work;
                if (piece != null) {
                    piece.part(index, size());
                }
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                PENDING.getAndAdd(this, -1);
            }
        }
    }

    @Override
    public void close() {
        round = Long.MIN_VALUE;
        for (Thread other : others) {
            LockSupport.unpark(other);
        }
    }
}
