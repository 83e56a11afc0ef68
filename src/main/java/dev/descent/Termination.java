package dev.descent;

import sun.misc.Signal;

/// SIGTERM ends the process as an exit that was asked for, with status 0 instead of 143: whoever sent it sees by the
/// status that everything was put away.
final class Termination {

    private Termination() {}

    static void isAnOrdinaryEnd() {
        try {
            Signal.handle(new Signal("TERM"), signal -> System.exit(0));
        } catch (IllegalArgumentException left) {
            // to a JVM that was told to leave signals alone (-Xrs)
        }
    }
}
