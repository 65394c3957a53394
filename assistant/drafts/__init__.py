"""From a draft to a report: is each quotation printed, and by whom said; is what it states so.

Offline, without a model. The order of work is in `check_draft`.
"""
