"""The benchmarks of thaifix: what it repairs, what it harms, what that costs, beside its peers.

    python benchmarks [NAME [ARGUMENT…]]

runs one of them, and lists them without a name; begin with `bench`, which is `make bench`. `suite`
holds its parts, `peers` an adapter for each corrector that is compared, `runs` what was measured.
The adapters run in an environment of their own, without thaifix: this file and `peers` import
nothing of it.
"""
