"""Words of time in; days out.

`calendar` knows weeks and weekdays, `expressions` finds what is written ("since last week"),
`resolve` says which day a quotation means, `tense` whether it tells of what was or will be.
"""
