import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Random;

/// OpenBLAS's sgemm, called through the foreign-function API: a contender of [Compare], nothing that Descent uses.
final class WithOpenBlas {

    private static final List<String> NAMES =
            List.of("libopenblas.so.0", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0", "libopenblas.so");
    private static final int SIZE = 1024;
    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANSPOSE = 111;

    static void main(String[] arguments) throws Throwable {
        SymbolLookup library = null;
        for (String name : NAMES) {
            if (library == null) {
                try {
                    library = SymbolLookup.libraryLookup(name, Arena.global());
                } catch (IllegalArgumentException missing) {
                    // the next name
                }
            }
        }
        if (library == null) {
            System.out.println("absent: no libopenblas found (Debian: apt-get install libopenblas0)");
            return;
        }
        Linker linker = Linker.nativeLinker();
        linker.downcallHandle(
                        library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                .invokeExact(Integer.parseInt(arguments[0]));
        MemorySegment about = (MemorySegment) linker.downcallHandle(
                        library.findOrThrow("openblas_get_config"), FunctionDescriptor.of(ValueLayout.ADDRESS))
                .invokeExact();
        MethodHandle sgemm = linker.downcallHandle(
                library.findOrThrow("cblas_sgemm"), FunctionDescriptor.ofVoid(arguments()));
        MemorySegment a = matrix();
        MemorySegment b = matrix();
        MemorySegment c = matrix();
        System.out.println("ready, " + about.reinterpret(Long.MAX_VALUE).getString(0));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        while (orders.readLine() != null) {
            int times = 40;
            Time start = Time.now();
            for (int i = 0; i < times; i++) {
                sgemm.invokeExact(
                        ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, SIZE, SIZE, SIZE, 1f, a, SIZE, b, SIZE, 0f, c, SIZE);
            }
            System.out.println(Time.now().since(start, times));
        }
    }

    private static MemoryLayout[] arguments() {
        MemoryLayout number = ValueLayout.JAVA_INT;
        MemoryLayout scale = ValueLayout.JAVA_FLOAT;
        MemoryLayout array = ValueLayout.ADDRESS;
        return new MemoryLayout[] {
            number, number, number, number, number, number, scale, array, number, array, number, scale, array, number
        };
    }

    private static MemorySegment matrix() {
        MemorySegment matrix = Arena.global().allocate((long) SIZE * SIZE * Float.BYTES, 64);
        Random random = new Random(1);
        for (long i = 0; i < (long) SIZE * SIZE; i++) {
            matrix.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return matrix;
    }
}
