"""Mutants: small faults put into the package one at a time, to see whether a test finds them.

`benchmarks.mutants` is the command. Neither mutmut nor cosmic-ray fits: mutmut reads the sources of
a checkout, imports its own copy of them from there, where no compiled kernel is, and leaves out
module constants, defaults and functions with decorators, which is the whole command line;
cosmic-ray changes the files in place, runs all tests for each change, and removes no statement and
no raise. Neither draws a sample.

places       where a fault can be put, and what is run when
expressions, statements
             what can be put there
sample       which of them are tried: seeded, each package by its lines
copies       the installed package, copied, so that it can be spoilt
record       which test runs which line, and how long it takes
plugin       what pytest is told, in the recording and in the trials
trial        one mutant, and the tests that could find it
"""
