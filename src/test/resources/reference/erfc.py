"""Prints the tables ERFC of Ieee64 and Ieee32: erfc(x) exp(x^2) (1 + 2x) as a polynomial in t = (x - c) / (x + c),
interpolated at the Chebyshev nodes of 0 <= x <= top, the highest power first. Needs mpmath."""
import mpmath
from mpmath import mpf

mpmath.mp.dps = 60


def scaled(t, c):
    x = c * (1 + t) / (1 - t)
    return mpmath.erfc(x) * mpmath.exp(x * x) * (1 + 2 * x)


def interpolate(c, top, degree):
    right = (top - c) / (top + c)
    n = degree + 1
    nodes = [(right - 1) / 2 + (right + 1) / 2 * mpmath.cos(mpmath.pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    vandermonde = mpmath.matrix(n, n)
    values = mpmath.matrix(n, 1)
    for i, t in enumerate(nodes):
        values[i] = scaled(t, c)
        for k in range(n):
            vandermonde[i, k] = t ** k
    coefficients = mpmath.lu_solve(vandermonde, values)
    worst = max(abs(mpmath.polyval(list(coefficients)[::-1], t) / scaled(t, c) - 1)
                for t in (-1 + (right + 1) * mpf(i) / 1000 for i in range(1001)))
    return list(coefficients)[::-1], worst


for name, c, top, degree in (("binary64", mpf(4), mpf("28.5"), 22), ("binary32", mpf(3), mpf(11), 10)):
    coefficients, worst = interpolate(c, top, degree)
    print(name, "relative error", mpmath.nstr(worst, 3))
    for value in coefficients:
        print("   ", mpmath.nstr(value, 17))
