import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets the contenders work in turns, a burst each a round, and prints their medians and ratios.
///
/// All of them live from the first round to the last and only one works at a time, so that whatever else the machine
/// does falls on all alike. Ratios are taken round by round.
final class Compare {

    /// A piece of work, its contenders, and how far Descent wants to be ahead of each.
    private record Work(String name, String title, String unit, double perUnit, List<Peer> peers) {}

    private record Peer(String name, String wanted) {}

    private static final List<Work> ALL = List.of(
            new Work(
                    "lecture",
                    "2-4-1, float64, 100 rows, every loss and gradient kept",
                    "us/step",
                    1e6,
                    List.of(new Peer("NumPy", "10"), new Peer("PyTorch", "40"))),
            new Work(
                    "mnist",
                    "784-100-10 sigmoid, Adam, batch 100, float32",
                    "us/step",
                    1e6,
                    List.of(new Peer("PyTorch", "3"))),
            new Work(
                    "wide",
                    "784-1024-1024-10 ReLU, Adam, batch 256, float32",
                    "ms/step",
                    1e3,
                    List.of(new Peer("PyTorch", "1"))),
            new Work(
                    "product",
                    "1024 x 1024 x 1024, float32, y = d w",
                    "ms",
                    1e3,
                    List.of(new Peer("OpenBLAS", "0.85"))));

    private int rounds = 11;
    private List<String> works = ALL.stream().map(Work::name).toList();
    private List<String> threads = List.of("1", "2");
    private boolean cpuTime;
    private String python = "/usr/bin/python3";
    private String classes = "target/classes";
    private String otherClasses = "";
    private String libraries = "";

    static void main(String[] arguments) throws IOException {
        Compare compare = new Compare();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            compare.set(arguments[i], arguments[i + 1]);
        }
        compare.run();
    }

    private void set(String option, String value) {
        switch (option) {
            case "--rounds" -> rounds = Integer.parseInt(value);
            case "--work" -> works = List.of(value.split(","));
            case "--threads" -> threads = List.of(value.split(","));
            case "--clock" -> cpuTime = value.equals("cpu");
            case "--python" -> python = value;
            case "--classes" -> otherClasses = value;
            case "--libraries" -> libraries = value;
            default -> throw new IllegalArgumentException(
                    "no such option: " + option + "; there are --rounds --work --threads --clock --python --classes");
        }
    }

    private void run() throws IOException {
        List<String> rows = new ArrayList<>();
        Map<String, String> notes = new LinkedHashMap<>();
        for (Work work : ALL) {
            if (works.contains(work.name)) {
                for (String count : work.name.equals("lecture") ? List.of("1") : threads) {
                    compare(work, count, rows, notes);
                }
            }
        }
        System.out.println("| Work | Threads | Unit | Descent | Peer | Peer's median | Peer / Descent | Lowest and highest | Wanted |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        rows.forEach(System.out::println);
        System.out.println();
        System.out.println(rounds + " rounds, after one that is not counted; medians; ratios taken round by round; "
                + (cpuTime ? "the processor's time." : "the wall clock's time."));
        notes.forEach((name, about) -> System.out.println("- " + name + ": " + about));
    }

    private void compare(Work work, String count, List<String> rows, Map<String, String> notes) throws IOException {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        try {
            contenders.put("Descent", Contender.start(descent(classes, work, count), count));
            List<Peer> peers = new ArrayList<>(work.peers);
            if (!otherClasses.isEmpty()) {
                peers.add(new Peer("Descent in " + otherClasses, ""));
            }
            for (Peer peer : peers) {
                contenders.put(peer.name, Contender.start(command(peer.name, work, count), count));
            }
            contenders.forEach((name, contender) -> notes.put(name, contender.about()));
            Map<String, double[]> seconds = new LinkedHashMap<>();
            for (int round = -1; round < rounds; round++) {
                for (Map.Entry<String, Contender> entry : contenders.entrySet()) {
                    if (entry.getValue().isPresent()) {
                        double taken = entry.getValue().burst(cpuTime);
                        if (round >= 0) {
                            seconds.computeIfAbsent(entry.getKey(), name -> new double[rounds])[round] = taken;
                        }
                    }
                }
            }
            for (Peer peer : peers) {
                rows.add(row(work, count, peer, seconds.get("Descent"), seconds.get(peer.name)));
            }
        } finally {
            contenders.values().forEach(Contender::close);
        }
    }

    private List<String> command(String peer, Work work, String count) {
        return switch (peer) {
            case "NumPy" -> List.of(python, "bench/python/with_numpy.py");
            case "PyTorch" -> List.of(python, "bench/python/with_torch.py", work.name, count);
            case "OpenBLAS" -> java("target/bench/classes", "WithOpenBlas", count);
            default -> descent(otherClasses, work, count);
        };
    }

    private List<String> descent(String classes, Work work, String count) {
        return java("target/bench/classes:" + classes + ":" + libraries, "WithDescent", work.name, count);
    }

    private static List<String> java(String path, String... rest) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                path));
        command.addAll(List.of(rest));
        return command;
    }

    private static String row(Work work, String count, Peer peer, double[] ours, double[] theirs) {
        String start = "| " + work.title + " | " + count + " | " + work.unit + " | " + number(median(ours) * work.perUnit)
                + " | " + peer.name + " | ";
        if (theirs == null) {
            return start + "absent | | | " + peer.wanted + " |";
        }
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> theirs[i] / ours[i]);
        Arrays.sort(ratios);
        return start + number(median(theirs) * work.perUnit) + " | **" + number(median(ratios)) + "** | "
                + number(ratios[0]) + " " + number(ratios[ratios.length - 1]) + " | " + peer.wanted + " |";
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static String number(double value) {
        return String.format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
