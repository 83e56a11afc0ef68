package dev.descent.training;

import static dev.descent.training.JobClient.JOBS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.BootedService;
import dev.descent.Client.Answer;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// A step as a lecture derives it, in Markdown and LaTeX.
@BootedService
class DerivationTest {

    /// `... = numbers = result`, where the numbers are no symbols.
    private static final Pattern WORKED =
            Pattern.compile("= ([^=\\n]+) = (-?[0-9][^=\\n]*|\\\\max[^=\\n]*)$", Pattern.MULTILINE);

    private static final Pattern SYMBOL =
            Pattern.compile("(?<!\\\\)\\b[a-zA-Z]\\b|\\\\(eta|mu|beta|alpha|rho|lambda|top|cdots|pmatrix)");

    private static final double ROUNDING = 2e-4; // numbers have six digits, and differences lose some

    private final JobClient jobs;

    DerivationTest(@LocalServerPort int port) {
        jobs = new JobClient(port);
    }

    private String job(String changes) {
        return jobs.run(JobClient.request(jobs.parabola(40), changes)).get("id").stringValue();
    }

    private Answer trace(String id, String query, String... headers) {
        Answer answer = jobs.http.get(JOBS + "/" + id + "/steps/12/trace" + query, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"sgd\", \"learningRate\": 1e-4, \"weightDecay\": 0.1}",
                "{\"type\": \"momentum\", \"learningRate\": 1e-4}",
                "{\"type\": \"nesterov\", \"learningRate\": 1e-4, \"weightDecay\": 0.1}",
                "{\"type\": \"rmsProp\", \"learningRate\": 1e-3}",
                "{\"type\": \"rmsProp\", \"learningRate\": 1e-3, \"centered\": true, \"momentum\": 0.5}",
                "{\"type\": \"adagrad\", \"learningRate\": 1e-3}",
                "{\"type\": \"adadelta\", \"learningRate\": 1.0, \"weightDecay\": 0.1}",
                "{\"type\": \"adam\", \"learningRate\": 1e-3, \"weightDecay\": 0.1}",
                "{\"type\": \"amsGrad\", \"learningRate\": 1e-3}",
                "{\"type\": \"adamW\", \"learningRate\": 1e-3}",
                "{\"type\": \"adamax\", \"learningRate\": 1e-3}",
                "{\"type\": \"nadam\", \"learningRate\": 1e-3}",
                "{\"type\": \"radam\", \"learningRate\": 1e-3}",
                "{\"type\": \"rprop\", \"learningRate\": 1e-3}",
                "{\"type\": \"lbfgs\"}",
                "{\"type\": \"kfac\", \"learningRate\": 1e-3}",
                "{\"type\": \"shampoo\", \"learningRate\": 1e-3}"
            })
    void everyLineOfNumbersComesOut(String optimizer) {
        String id = job("{\"steps\": 20, \"optimizer\": " + optimizer + ", \"schedule\": "
                + (optimizer.contains("lbfgs") ? "\"constant\"" : "{\"type\": \"cosine\"}") + "}");
        String latex = trace(id, "?format=latex").body();
        requireWhole(latex);
        Matcher lines = WORKED.matcher(latex);
        int worked = 0;
        while (lines.find()) {
            if (!SYMBOL.matcher(lines.group(1)).find()) {
                double result = TexNumber.of(lines.group(2));
                assertThat(TexNumber.of(lines.group(1)))
                        .as(lines.group())
                        .isCloseTo(result, within(ROUNDING * Math.max(Math.abs(result), 1e-3)));
                worked++;
            }
        }
        assertThat(worked).as(latex).isGreaterThanOrEqualTo(4);
        JsonNode json = trace(id, "").json();
        double weight = json.at("/layers/0/newWeights/0/0").doubleValue();
        String last = latex.substring(latex.indexOf("$W^{(1)}$, and its first entry"), latex.indexOf("$W^{(2)}$, and"));
        Matcher reached = Pattern.compile("W\\^\\{\\(1\\)}_\\{11}.*= ([^=\\n]+)$", Pattern.MULTILINE)
                .matcher(last);
        String found = null;
        while (reached.find()) {
            found = reached.group(1);
        }
        assertThat(TexNumber.of(found)).isCloseTo(weight, within(1e-5 * Math.abs(weight)));
    }

    /// What is written in TeX at all; pdflatex knows each, with article, amsmath and amssymb.
    private static final Set<String> COMMANDS = Set.of("""
            Big Phi allowdisplaybreaks alpha begin beta cdot cdots char cos ddots delta dfrac
            documentclass end epsilon eta frac gamma hat hline infty lambda le left leftarrow log
            mathcal mathrm max min mu odot operatorname overline parindent parskip partial pi psi
            qquad quad raggedright rho right section setlength sigma sin sqrt subsection sum tanh
            text textasciicircum textasciitilde textbackslash texttt tfrac tilde times to top
            usepackage varphi vdots""".split("\\s+"));

    private static void requireWhole(String tex) {
        if (tex.startsWith("\\documentclass")) {
            Pattern.compile("\\\\([A-Za-z]+)")
                    .matcher(tex)
                    .results()
                    .forEach(command -> assertThat(COMMANDS).contains(command.group(1)));
        }
        int depth = 0;
        for (int i = 0; i < tex.length(); i++) {
            boolean escaped = i > 0 && tex.charAt(i - 1) == '\\';
            depth += escaped ? 0 : tex.charAt(i) == '{' ? 1 : tex.charAt(i) == '}' ? -1 : 0;
            assertThat(depth).as(tex.substring(Math.max(0, i - 80), i)).isNotNegative();
        }
        assertThat(depth).isZero();
        assertThat(count(tex, "\\\\begin\\{(\\w+)}")).isEqualTo(count(tex, "\\\\end\\{(\\w+)}"));
        assertThat(count(tex, "\\\\left(?!arrow)")).isEqualTo(count(tex, "\\\\right"));
        assertThat(tex).doesNotContain("}^2 \\cdot").doesNotContain("null");
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    void everyKindOfLayerIsDerived() {
        String id = job("""
                {"steps": 20, "name": "50% of $x_1$ & `more` | {all} <here>", "optimizer": {"type": "adam", "learningRate": 0.01},
                 "batches": {"type": "shuffled", "size": 16}, "regularization": {"l1": 0.01, "l2": 0.1, "maxNorm": 3},
                 "gradientClipping": {"type": "norm", "limit": 0.5},
                 "network": {"inputs": 2, "layers": [
                   {"type": "dense", "units": 7, "activation": "tanh"}, {"type": "batchNormalization", "activation": "elu"},
                   {"type": "residual", "layers": [{"type": "dense", "units": 7, "activation": "gelu"}, {"type": "dropout"}]},
                   {"type": "dense", "units": 1}]}}""");
        for (String format : new String[] {"markdown", "latex"}) {
            String text = trace(id, "?format=" + format + "&rows=3").body();
            requireWhole(text);
            assertThat(text)
                    .contains("z^{(5)} = a^{(2)} + a^{(4)}")
                    .contains("\\delta^{(4)} = \\delta^{(5)}")
                    .contains("\\delta^{(3)} = \\left( \\delta^{(4)} \\odot M^{(4)} \\right) \\odot g'(z^{(3)})")
                    .contains(
                            "\\delta^{(2)} = \\left( \\delta^{(5)} + \\delta^{(3)} W^{(3)} \\right) \\odot g'(z^{(2)})")
                    .contains("{\\delta^{(6)}}^{\\top} a^{(5)} + 0.1\\, W^{(6)} + 0.01 \\operatorname{sign}(W^{(6)})")
                    .contains("\\vdots")
                    .contains("Regularisation adds");
        }
        String markdown = trace(id, "", "Accept", "text/markdown").body();
        assertThat(count(markdown, "\\$\\$") % 2).isZero();
        assertThat(markdown).startsWith("# Step 12 of 50% of \\$x\\_1\\$ \\& \\`more\\` \\| \\{all\\} \\<here\\>\n");
        Answer latex = trace(id, "?layer=0&layer=5", "Accept", "application/x-latex");
        assertThat(latex.header("Content-Type")).isEqualTo("application/x-latex;charset=utf-8");
        assertThat(latex.body())
                .contains("Of the 6 layers 2 are shown")
                .contains("50\\% of \\$x\\_1\\$ \\&")
                .endsWith("\\end{document}\n");
    }

    @Test
    void stepThatDivergedIsDerivedAsFarAsItWent() {
        String id = jobs.submit(JobClient.request(
                jobs.parabola(20), "{\"steps\": 500, \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e6}}"));
        int last = jobs.awaitState(id, "FAILED").at("/progress/step").intValue();
        Answer answer = jobs.http.get(JOBS + "/" + id + "/steps/" + last + "/trace?format=latex");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        requireWhole(answer.body());
        assertThat(answer.body()).contains("The run ended here").containsAnyOf("\\infty", "NaN");
    }

    @Test
    void everyLossAndActivationHasAFormula() {
        String classes = jobs.csv(
                "x,z,kind\n0.1,1,a\n0.9,0.2,b\n0.4,0.5,c\n0.3,0.8,a\n0.7,0.1,b\n0.5,0.6,c\n0.2,0.3,a\n0.8,0.9,b\n");
        for (String activation : new String[] {
            "leakyRelu",
            "relu6",
            "elu",
            "selu",
            "sigmoid",
            "hardSigmoid",
            "softplus",
            "softsign",
            "geluTanh",
            "swish",
            "mish",
            "sine"
        }) {
            var request = JobClient.request(classes, """
                    {"features": ["x", "z"], "target": "kind", "task": "classification", "loss": "softmaxCrossEntropy",
                     "optimizer": {"type": "adam", "learningRate": 0.01}, "steps": 20, "network": {"inputs": 2, "layers": [
                      {"type": "dense", "units": 3, "activation": "%s"}, {"type": "dense", "units": 3}]}}""".formatted(activation));
            String text = trace(jobs.run(request).get("id").stringValue(), "?format=latex")
                    .body();
            requireWhole(text);
            assertThat(text).contains("\\operatorname{softmax}(a) - y").contains("g'(z) = ");
        }
        for (String loss : new String[] {"absoluteError", "huber", "squaredError"}) {
            String text = trace(job("{\"steps\": 20, \"loss\": \"" + loss + "\"}"), "?format=latex")
                    .body();
            requireWhole(text);
            assertThat(text).contains("J = ");
        }
    }
}
