package dev.descent.training;

/// Works out an expression in TeX that holds numbers alone.
final class TexNumber {

    private final String text;
    private int at;

    private TexNumber(String tex) {
        text = tex.replace("\\,", "")
                .replace("\\left", "")
                .replace("\\right", "")
                .replace(" ", "");
    }

    static double of(String tex) {
        var reader = new TexNumber(tex);
        double value = reader.sum();
        if (reader.at < reader.text.length()) {
            throw new IllegalArgumentException("unexpected " + reader.text.substring(reader.at) + " in " + tex);
        }
        return value;
    }

    private double sum() {
        double value = takes("-") ? -product() : product();
        while (true) {
            if (takes("+")) {
                value += product();
            } else if (takes("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = power();
        while (true) {
            if (takes("\\cdot")) {
                value *= power();
            } else if (takes("/")) {
                value /= power();
            } else if (at < text.length() && "(\\".indexOf(text.charAt(at)) >= 0) {
                value *= power();
            } else {
                return value;
            }
        }
    }

    private double power() {
        double base = atom();
        if (!takes("^")) {
            return base;
        }
        double exponent = at < text.length() && text.charAt(at) == '{' ? braced() : digit();
        if (at < text.length() && text.charAt(at) == '^') {
            throw new IllegalArgumentException("two exponents in " + text);
        }
        return Math.pow(base, exponent);
    }

    private double atom() {
        if (takes("(")) {
            double value = sum();
            require(")");
            return value;
        }
        if (takes("\\frac")) {
            double above = braced();
            return above / braced();
        }
        if (takes("\\sqrt")) {
            return Math.sqrt(braced());
        }
        if (takes("\\max(")) {
            double first = sum();
            require(",");
            double value = Math.max(first, sum());
            require(")");
            return value;
        }
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return Double.parseDouble(text.substring(start, at));
    }

    private double digit() {
        return text.charAt(at++) - '0';
    }

    private double braced() {
        require("{");
        double value = sum();
        require("}");
        return value;
    }

    private void require(String token) {
        if (!takes(token)) {
            throw new IllegalArgumentException("no " + token + " at " + text.substring(at) + " of " + text);
        }
    }

    private boolean takes(String token) {
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }
}
