import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// A process that does its work once for every line it is sent, and answers with the seconds a step took: the wall's
/// and the processor's.
///
/// Its first line says what it is ("ready ...") or what it lacks ("absent ...").
final class Contender implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;
    private final String about;

    private Contender(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader();
        orders = new PrintWriter(process.outputWriter(), true);
        String first = answers.readLine();
        about = first == null ? "absent: it ended at once" : first;
    }

    /// Starts it with `threads` for whatever would otherwise take a thread for every core: PyTorch's own count says
    /// nothing to an OpenBLAS beneath it.
    static Contender start(List<String> command, String threads) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OPENBLAS_NUM_THREADS", threads);
        builder.environment().put("OMP_NUM_THREADS", threads);
        builder.environment().put("MKL_NUM_THREADS", threads);
        return new Contender(builder.start());
    }

    boolean isPresent() {
        return about.startsWith("ready");
    }

    String about() {
        return about;
    }

    /// The seconds that a step of the next burst takes, by the wall's clock or the processor's.
    double burst(boolean cpuTime) throws IOException {
        orders.println("go");
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("a contender ended: " + process.info());
        }
        return Double.parseDouble(answer.split(" ")[cpuTime ? 1 : 0]);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
