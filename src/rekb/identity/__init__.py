"""Whether two descriptions speak of one work: titles, people, years and identifiers weighed together.

Nothing here reads or writes. What finds the works to compare is `rekb.intake.matching`; the rule on titles
that stand twice (`rekb.checks.identity`) gives the same answers, so what an import writes validates.
"""
